"""A case as JSON and back: strict, sorted, exact."""

from collections.abc import Iterator
from typing import Any

import msgspec

from studio.model.case import Case
from studio.model.refusal import Refusal
from studio.storage.sound import faults


def to_json(case: Case) -> bytes:
    """The case as UTF-8 JSON with sorted keys; equal cases give equal bytes.

    Raises Refusal for a case that could not be read again: a number that is not finite,
    text that is no Unicode, references into nothing.
    """
    _refuse_faults(case)
    try:
        data = msgspec.json.encode(case, order="sorted")
        back = msgspec.json.decode(data, type=Case)
    except UnicodeEncodeError as error:
        raise Refusal("A text of the case holds characters that cannot be saved.") from error
    except msgspec.ValidationError as error:
        raise _no_value() from error
    if back != case:
        raise _no_value()
    return data


def _no_value() -> Refusal:
    """JSON has no NaN and no infinity: msgspec writes null for them without a word."""
    return Refusal("The case holds a number without a value. Undo the last step.")


def from_json(data: bytes) -> Case:
    """The case in `data`. Raises Refusal unless every part is there and known."""
    return from_raw(parse(data))


def parse(data: bytes) -> dict[str, Any]:
    """JSON as plain values, for migrations. Raises Refusal for anything but an object."""
    try:
        return msgspec.json.decode(data, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _damaged(error) from error


def from_raw(raw: dict[str, Any]) -> Case:
    """The case in plain values. Raises Refusal as `from_json` does."""
    try:
        case = msgspec.convert(raw, type=Case)
    except (msgspec.ValidationError, RecursionError) as error:
        raise _damaged(error) from error
    unknown = next(_unknown(raw, msgspec.to_builtins(case), ""), None)
    if unknown is not None:
        raise Refusal(f"The case is damaged: it holds “{unknown}”, which is not known here.")
    _refuse_faults(case)
    return case


def _refuse_faults(case: Case) -> None:
    fault = next(faults(case), None)
    if fault is not None:
        raise Refusal(f"The case is damaged: {fault}.")


def _damaged(error: Exception) -> Refusal:
    reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
    return Refusal(f"The case is damaged: {reason[:200].rstrip('.')}.")


def _unknown(raw: Any, known: Any, where: str) -> Iterator[str]:  # noqa: ANN401 (plain JSON)
    """Keys of `raw` that the decoded case did not take, as `zones.colour`."""
    if isinstance(raw, dict) and isinstance(known, dict):
        for key, value in raw.items():
            inner = f"{where}.{key}" if where else str(key)
            if key in known:
                yield from _unknown(value, known[key], inner)
            else:
                yield inner[:80]
    elif isinstance(raw, list) and raw and isinstance(raw[0], dict | list):
        for one, other in zip(raw, known, strict=True):
            yield from _unknown(one, other, where)
