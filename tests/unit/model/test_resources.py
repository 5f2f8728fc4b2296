"""Where shipped files are found."""

import pytest

from studio.model.refusal import Refusal
from studio.model.resources import resource


def test_a_shipped_file_and_a_shipped_folder_are_found() -> None:
    assert resource("fonts/Inter-Regular.ttf").read_bytes()[:4] == b"\x00\x01\x00\x00"
    assert resource("icons").is_dir()


def test_a_missing_one_is_refused_in_words() -> None:
    with pytest.raises(Refusal, match=r"incomplete: resources/icons/no\.svg is missing\. Install"):
        resource("icons/no.svg")
