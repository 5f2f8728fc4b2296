from typing import Any

from studio.storage.migrations import CHAIN, FORMAT, Migration, upgrade


def test_the_chain_leads_from_the_first_format_to_the_present_one() -> None:
    assert [step.source for step in CHAIN] == list(range(1, FORMAT))


def test_a_file_takes_the_steps_after_its_own_format() -> None:
    def step(source: int) -> Migration:
        def change(raw: dict[str, Any]) -> tuple[str, ...]:
            raw["steps"].append(source)
            return (f"from {source}",)

        return Migration(source, change)

    chain = [step(1), step(2), step(3)]
    raw: dict[str, Any] = {"steps": []}
    assert upgrade(raw, 2, chain) == ("from 2", "from 3")
    assert raw["steps"] == [2, 3]
    assert upgrade(raw, 4, chain) == ()
