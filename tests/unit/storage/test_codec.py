import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgspec
import pytest
from hypothesis import given

from studio.model.case import Case, Client, Variant, empty_case
from studio.model.photo import Photo
from studio.model.refusal import Refusal
from studio.model.zone import Zone
from studio.storage.codec import from_json, to_json
from tests.unit.storage.cases import cases, picture, small_case


@given(cases())
def test_a_case_comes_back_as_it_was(case: Case) -> None:
    data = to_json(case)
    assert from_json(data) == case
    assert to_json(from_json(data)) == data


def test_keys_are_sorted_and_equal_cases_give_equal_bytes() -> None:
    case, _ = small_case(picture())
    data = to_json(case)
    assert to_json(replace(case)) == data
    keys = list(msgspec.json.decode(data))
    assert keys == sorted(keys)


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_numbers_without_a_value_are_refused_on_the_way_out(number: float) -> None:
    case, _ = small_case(picture())
    photo = replace(case.photos[0], focal_mm35=number)
    with pytest.raises(Refusal, match="number without a value"):
        to_json(replace(case, photos=(photo,)))


def test_text_that_is_no_unicode_is_refused() -> None:
    case = replace(empty_case("a", "b"), client=Client(name="\udcff"))
    with pytest.raises(Refusal, match="characters that cannot be saved"):
        to_json(case)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        b"\xff\xfe",
        b'{"a": NaN}',
        b'{"a": 1e999}',
        b'{"a":' + b"[" * 200_000,
        b'{"a":' + b"[" * 200_000 + b"]" * 200_000 + b"}",
    ],
)
def test_what_is_no_case_is_refused(data: bytes) -> None:
    with pytest.raises(Refusal, match="The case is damaged"):
        from_json(data)


Change = Callable[[dict[str, Any]], object]

CHANGES: dict[str, Change] = {
    "unknown key": lambda raw: raw.update(colour="red"),
    "unknown key deep inside": lambda raw: raw["variants"][0]["zones"][0].update(colour="red"),
    "missing key": lambda raw: raw.pop("id"),
    "text for a number": lambda raw: raw["variants"][0]["zones"][0].update(density="110"),
    "null for a number": lambda raw: raw["variants"][0]["zones"][0].update(density=None),
    "three coordinates": lambda raw: raw["placement"].update(offset=[1, 2, 3]),
    "unknown purpose": lambda raw: raw["variants"][0]["zones"][0].update(purpose="fog"),
    "no such variant": lambda raw: raw.update(chosen="nobody"),
    "no variant": lambda raw: raw.update(variants=[]),
    "shares that fall": lambda raw: raw.update(shares=[0.7, 0.3]),
    "shares above all": lambda raw: raw.update(shares=[0.7, 1.1]),
    "shares below all": lambda raw: raw.update(shares=[0.3, 0.7]),
    "no session": lambda raw: raw.update(shares=[]),
    "two points for a zone": lambda raw: raw["variants"][0]["zones"][0].update(
        outline=[[0, 0], [1, 1]]
    ),
    "point beyond reach": lambda raw: raw["variants"][0]["zones"][0]["outline"].append([1e7, 0]),
    "negative density": lambda raw: raw["variants"][0]["zones"][0].update(density=-1),
    "same id twice": lambda raw: raw["variants"][0]["zones"].append(raw["variants"][0]["zones"][0]),
    "same photo twice": lambda raw: raw["photos"].append(raw["photos"][0]),
    "same variant twice": lambda raw: raw["variants"].append(raw["variants"][0]),
    "name out of the archive": lambda raw: raw["photos"][0].update(sha256="../../etc/passwd"),
    "photo without a size": lambda raw: raw["photos"][0].update(width=0),
    "flat skin map": lambda raw: raw["photos"][0]["plane"].update(matrix=[0] * 9),
    "curve without points": lambda raw: raw["variants"][0]["curves"].append(
        {"id": "c", "name": "", "chart": "photo-0", "nodes": []}
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_case_with_one_thing_wrong_is_refused(name: str) -> None:
    case, _ = small_case(picture())
    raw = msgspec.json.decode(to_json(case))
    CHANGES[name](raw)
    with pytest.raises(Refusal, match="The case is damaged"):
        from_json(msgspec.json.encode(raw))


def test_every_field_of_the_model_is_saved() -> None:
    case, _ = small_case(picture())
    raw = msgspec.json.decode(to_json(case))
    for kind, found in (
        (Case, raw),
        (Photo, raw["photos"][0]),
        (Variant, raw["variants"][0]),
        (Zone, raw["variants"][0]["zones"][0]),
    ):
        assert set(found) == {field.name for field in msgspec.inspect.type_info(kind).fields}  # type: ignore[attr-defined] # a dataclass always has fields
