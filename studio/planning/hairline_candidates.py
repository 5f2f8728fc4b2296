"""Three hairlines to choose from, each with the reason for it."""

from dataclasses import dataclass, replace

from studio.geometry.hairline_places import Places
from studio.model.case import Client, Sex
from studio.model.hairline import HairlineShape, Recipe
from studio.skin.hairline_figures import Band, Span, band_of, frequent, limit, population, preset


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A recipe, what it is called in a word or two, and why it is offered."""

    name: str
    recipe: Recipe
    reason: str


def candidates(client: Client, year: int, places: Places) -> tuple[Candidate, ...]:
    """Three: near what is measured, cautious, and the old line where one is marked.

    Without marks of the old line the third is the shape that is most frequent.
    """
    old = _old(client, year, places)
    third = old if old is not None else _frequent(client, year)
    return _measured(client, year), _cautious(client, year), third


def _measured(client: Client, year: int) -> Candidate:
    band, people = band_of(client, year), population(client.sex or Sex.MAN)
    height = min(max(people.mean, band.low), band.high)
    shape = HairlineShape.ROUND_FEMALE if client.sex is Sex.WOMAN else HairlineShape.ROUND
    where = "inside" if height == people.mean else "nearest to it within"
    return Candidate(
        name="Measured",
        recipe=replace(preset(shape, client, year), height=float(round(height)), seed=1),
        reason=(
            f"Measured {_plural(client)} have their hairline at "
            f"{people.mean:g} ± {people.sd:g} mm; {height:.0f} mm is {where} "
            f"the usual band{_for_age(client, band)}, {band.low:g} to {band.high:g} mm."
        ),
    )


def _cautious(client: Client, year: int) -> Candidate:
    band = band_of(client, year)
    shape = HairlineShape.ROUND if client.sex is Sex.WOMAN else HairlineShape.WINGED
    begun = preset(shape, client, year)
    return Candidate(
        name="Cautious",
        recipe=replace(begun, height=band.high, recession=begun.recession + 4.0, seed=2),
        reason=(
            f"{band.high:g} mm is the upper end of the usual band{_for_age(client, band)}, "
            "with deeper corners: it still looks right when more hair goes, and can be lowered "
            "later."
        ),
    )


def _frequent(client: Client, year: int) -> Candidate:
    most = frequent(client.sex or Sex.MAN)
    return Candidate(
        name="Frequent",
        recipe=replace(preset(most.shape, client, year), seed=3),
        reason=(
            f"The shape seen most often: {most.percent:g} % of {_plural(client)}, {most.source}, "
            "in the middle of the usual band. Mark what is left of the old hairline to follow it."
        ),
    )


def _old(client: Client, year: int, places: Places) -> Candidate | None:
    """The recipe whose mid-point and corners lie on the marks of the old line."""
    if places.old_mid is None:
        return None
    base = preset(_measured(client, year).recipe.shape, client, year)
    height = _within(places.old_mid[1], limit("height"))
    corners = [at for at in (places.old_right, places.old_left) if at is not None]
    recipe = replace(base, height=height, seed=4)
    if corners:
        back = sum(at[1] for at in corners) / len(corners) - height
        wide = sum(abs(at[0]) for at in corners) / len(corners)
        recipe = replace(
            recipe,
            recession=_within(back, limit("recession")),
            half_width=_within(wide, limit("half_width")),
        )
    band = band_of(client, year)
    age = "" if height >= band.warn else f", lower than {band.warn:g} mm{_for_age(client, band)}"
    return Candidate(
        name="Old line",
        recipe=recipe,
        reason=f"Through the marks of the old hairline: mid-point at {height:.0f} mm{age}.",
    )


def _within(value: float, span: Span) -> float:
    return round(min(max(value, span.low), span.high), 1)


def _plural(client: Client) -> str:
    return "women" if client.sex is Sex.WOMAN else "men"


def _for_age(client: Client, band: Band) -> str:
    """The band in words, and what was taken for granted."""
    if client.sex is None:
        return " for a man of 30 to 45, as sex is not noted"
    if client.sex is Sex.WOMAN:
        return " for women"
    age = "" if client.born is not None else ", as age is not noted"
    return f" for men from {band.from_age}{age}" if band.from_age else f" for young men{age}"
