"""A save that is killed leaves a file that can be read."""

import subprocess
import sys
from pathlib import Path

from studio.storage.casefile import read
from studio.storage.lock import acquire

REPO = Path(__file__).parents[2]

SAVING = """
import sys
from dataclasses import replace
from pathlib import Path
from studio.storage.casefile import write
from tests.unit.storage.cases import picture, small_case
case, photos = small_case(*(picture(n, (400, 300)) for n in range(3)))
number = 0
while True:
    number += 1
    write(Path(sys.argv[1]), replace(case, notes=str(number)), photos)
    print(number, flush=True)
"""


def test_kill_during_a_save(tmp_path: Path) -> None:
    path = tmp_path / "case.hairline"
    for after in range(1, 5):
        with subprocess.Popen(
            [sys.executable, "-c", SAVING, str(path)], stdout=subprocess.PIPE, text=True, cwd=REPO
        ) as saving:
            assert saving.stdout is not None
            done = 0
            while done < after:
                done = int(saving.stdout.readline())
            # a different point of the next save each time
            try:
                saving.wait(timeout=after * 0.0021)
            except subprocess.TimeoutExpired:
                saving.kill()
            told = [done, *map(int, saving.stdout.read().split())]
            saving.wait()
        back = read(path)
        assert back.notes == ()
        assert len(back.photos) == 3
        assert int(back.case.notes) >= told[-1]
        acquire(path).release()
        assert [file.name for file in tmp_path.iterdir()] == [path.name]
