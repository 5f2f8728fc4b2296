"""The whole program in this process needs the one application that later tests need too."""

import pytest
from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def application(qapp: QApplication) -> QApplication:
    """The application, made before a job without a window makes a lesser one."""
    return qapp
