"""PySide6 6.12.0 on Python 3.11 drops one reference to None per call and ends in an abort."""

import sys

from PySide6.QtGui import QPainterPath


def test_calls_that_return_none_keep_its_references() -> None:
    path = QPainterPath()
    before = sys.getrefcount(None)
    for i in range(300):
        path.moveTo(i, i)
    assert sys.getrefcount(None) > before - 200
