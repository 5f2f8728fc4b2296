"""What the practice has chosen once for all cases."""

from dataclasses import dataclass
from enum import StrEnum

import msgspec

from studio.model.refusal import Refusal
from studio.storage.atomic import replace_file
from studio.storage.places import settings_folder

NAME = "settings.json"


class Theme(StrEnum):
    """Colours of the window."""

    SYSTEM = "system"
    DARK = "dark"
    LIGHT = "light"


class Paper(StrEnum):
    """Sheet that the session map is made for."""

    A4 = "a4"
    LETTER = "letter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`full_names` prints whole names where initials are the default; `folder` is where
    files were last looked for.
    """

    theme: Theme = Theme.DARK
    paper: Paper = Paper.A4
    full_names: bool = False
    folder: str = ""


def load_settings() -> Settings:
    """The settings, or the defaults if none were saved yet.

    Raises Refusal when the file cannot be read; it is then moved aside, so that the
    next call gives the defaults.
    """
    path = settings_folder() / NAME
    try:
        return msgspec.json.decode(path.read_bytes(), type=Settings)
    except FileNotFoundError:
        return Settings()
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        aside = path.with_suffix(".unreadable")
        path.replace(aside)
        raise Refusal(
            f"The settings could not be read and are back to what they were at first; "
            f"the old ones are kept as {aside.name}."
        ) from error


def save_settings(settings: Settings) -> None:
    """Keep the settings. Raises Refusal when they cannot be written."""
    data = msgspec.json.format(msgspec.json.encode(settings))
    replace_file(settings_folder() / NAME, lambda file: file.write(data))
