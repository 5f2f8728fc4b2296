import stat
import sys
from pathlib import Path

import pytest

from studio.model.refusal import Refusal
from studio.storage import places
from studio.storage.places import settings_folder, state_folder
from studio.storage.recent import LIMIT, forget, recent, remember
from studio.storage.settings import Paper, Settings, Theme, load_settings, save_settings


def test_settings_come_back() -> None:
    assert load_settings() == Settings()
    chosen = Settings(theme=Theme.LIGHT, paper=Paper.LETTER, full_names=True, folder="/x")
    save_settings(chosen)
    assert load_settings() == chosen


def test_settings_may_be_sparse() -> None:
    (settings_folder() / "settings.json").write_text('{"paper": "letter"}')
    assert load_settings() == Settings(paper=Paper.LETTER)


@pytest.mark.parametrize("noise", [b"", b"{", b'{"theme": "pink"}', b"\xff", b"[]"])
def test_unreadable_settings_are_told_once_and_kept(noise: bytes) -> None:
    (settings_folder() / "settings.json").write_bytes(noise)
    with pytest.raises(Refusal, match=r"kept as settings\.unreadable"):
        load_settings()
    assert load_settings() == Settings()
    assert (settings_folder() / "settings.unreadable").read_bytes() == noise


def test_recent_cases(tmp_path: Path) -> None:
    assert recent() == ()
    paths = [tmp_path / f"{number}.hairline" for number in range(LIMIT + 2)]
    for path in paths:
        path.write_bytes(b"x")
        remember(path)
    remember(paths[5])
    paths[6].unlink()
    listed = recent()
    assert len(listed) == LIMIT
    assert listed[0].path == paths[5]
    assert [entry.path for entry in listed if entry.missing] == [paths[6]]
    forget(paths[6])
    assert paths[6] not in [entry.path for entry in recent()]


@pytest.mark.parametrize("noise", [b"", b"{}", b"[1]", b"\xff"])
def test_an_unreadable_list_starts_anew(tmp_path: Path, noise: bytes) -> None:
    (settings_folder() / "recent.json").write_bytes(noise)
    assert recent() == ()
    remember(tmp_path / "a.hairline")
    assert [entry.path.name for entry in recent()] == ["a.hairline"]


def test_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(places.HOME_VARIABLE, str(tmp_path / "own"))
    assert settings_folder() == tmp_path / "own" / "settings"
    assert state_folder() == tmp_path / "own" / "state"
    if sys.platform != "win32":
        assert stat.S_IMODE(state_folder().stat().st_mode) == 0o700
    monkeypatch.delenv(places.HOME_VARIABLE)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    if sys.platform == "linux":
        assert settings_folder() == tmp_path / "config" / "hairline-studio"
        assert state_folder() == tmp_path / "state" / "hairline-studio"
