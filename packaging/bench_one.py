"""Runs one benchmark file and writes its figures: `bench_one.py FILE RESULT.json`."""

import json
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path


def main(file: Path, result: Path) -> None:
    """Call `run()` of `file` and write what it returns to `result`."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    spec = spec_from_file_location(file.stem, file)
    if spec is None or spec.loader is None:
        sys.exit(f"{file} is not a Python file.")
    module = module_from_spec(spec)
    sys.modules[file.stem] = module
    spec.loader.exec_module(module)
    figures: dict[str, dict[str, float]] = module.run()
    numbers = {name: {key: float(x) for key, x in row.items()} for name, row in figures.items()}
    result.write_text(json.dumps(numbers), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
