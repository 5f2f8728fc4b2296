"""No stroke is lost: the real program is killed and started again."""

import os
import subprocess
import sys
import time
from pathlib import Path

from studio.storage.codec import from_json
from tests.conftest import REPO

WITHIN_S = 2.0
"""A step is on the disk within this time."""


def run(what: str, out: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.crash_driver", what, str(out)],
        cwd=REPO,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    )


def told(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_after_kill_9_the_work_is_offered_complete_and_unsaved(tmp_path: Path) -> None:
    before, after, again = (tmp_path / name for name in ("before", "after", "again"))
    with run("draw", before) as program:
        assert told(program) == "saved=False"
        time.sleep(WITHIN_S)
        program.kill()
    drawn = from_json(before.read_bytes())
    assert len(drawn.variant.curves) == 1
    assert len(drawn.variant.zones) == 1
    with run("recover", after) as program:
        assert told(program) == "saved=False"
        # killed before anything else is done, the work is offered once more
        program.kill()
    assert from_json(after.read_bytes()) == drawn
    with run("recover", again) as program:
        assert told(program) == "saved=False"
    assert program.returncode == 0
    assert from_json(again.read_bytes()) == drawn
