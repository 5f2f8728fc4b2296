"""Where the studio keeps what is its own: settings and recovery, never next to the program."""

import os
from pathlib import Path

import platformdirs

HOME_VARIABLE = "HAIRLINE_STUDIO_HOME"
APP = "hairline-studio"


def settings_folder() -> Path:
    """The folder of settings and of the list of recent cases; made if it is not there."""
    return _made(_own("settings") or platformdirs.user_config_path(APP, appauthor=False))


def state_folder() -> Path:
    """The folder of recovery and of logs; made if it is not there."""
    return _made(_own("state") or platformdirs.user_state_path(APP, appauthor=False))


def _own(part: str) -> Path | None:
    home = os.environ.get(HOME_VARIABLE)
    return Path(home) / part if home else None


def _made(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
