"""The sliders of a grown hairline: which number each moves, and what it is called."""

from dataclasses import dataclass

from studio.model.translation import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class LineSlider:
    """A number of the recipe or, if `edge`, of the fringe.

    `per` is how many of the unit shown make one of the unit kept; limits come from
    `resources/hairline.toml` by the field's name.
    """

    field: str
    name: str
    step: str
    tip: str
    unit: str = "mm"
    decimals: int = 1
    per: float = 1.0
    edge: bool = False


LINE = (
    LineSlider(
        "height",
        QT_TRANSLATE_NOOP("Hairline", "Height"),
        QT_TRANSLATE_NOOP("Steps", "Change height"),
        QT_TRANSLATE_NOOP("Hairline", "Mid-point above the glabella, by tape."),
    ),
    LineSlider(
        "recession",
        QT_TRANSLATE_NOOP("Hairline", "Recession"),
        QT_TRANSLATE_NOOP("Steps", "Change recession"),
        QT_TRANSLATE_NOOP("Hairline", "How far the corners lie behind the mid-point."),
    ),
    LineSlider(
        "half_width",
        QT_TRANSLATE_NOOP("Hairline", "Half width"),
        QT_TRANSLATE_NOOP("Steps", "Change half width"),
        QT_TRANSLATE_NOOP("Hairline", "From the midline to the corner, by tape."),
    ),
    LineSlider(
        "peak_height",
        QT_TRANSLATE_NOOP("Hairline", "Widow’s peak"),
        QT_TRANSLATE_NOOP("Steps", "Change peak"),
        QT_TRANSLATE_NOOP("Hairline", "How far the peak stands out below the line beside it."),
    ),
    LineSlider(
        "peak_width",
        QT_TRANSLATE_NOOP("Hairline", "Peak width"),
        QT_TRANSLATE_NOOP("Steps", "Change peak"),
        QT_TRANSLATE_NOOP("Hairline", "How wide the foot of the peak is."),
    ),
    LineSlider(
        "decorrelation",
        QT_TRANSLATE_NOOP("Hairline", "Left ≠ right"),
        QT_TRANSLATE_NOOP("Steps", "Change difference of sides"),
        QT_TRANSLATE_NOOP(
            "Hairline", "How far the line of one side lies otherwise than the other’s."
        ),
        "%",
        0,
        100.0,
    ),
)

EDGE = (
    LineSlider(
        "macro",
        QT_TRANSLATE_NOOP("Hairline", "Large waves"),
        QT_TRANSLATE_NOOP("Steps", "Change large waves"),
        QT_TRANSLATE_NOOP("Hairline", "From peak to valley."),
        edge=True,
    ),
    LineSlider(
        "macro_wave",
        QT_TRANSLATE_NOOP("Hairline", "… length"),
        QT_TRANSLATE_NOOP("Steps", "Change large waves"),
        QT_TRANSLATE_NOOP("Hairline", "Length of the large waves, from peak to peak."),
        edge=True,
    ),
    LineSlider(
        "micro",
        QT_TRANSLATE_NOOP("Hairline", "Fine scatter"),
        QT_TRANSLATE_NOOP("Steps", "Change fine scatter"),
        QT_TRANSLATE_NOOP("Hairline", "From peak to valley."),
        edge=True,
    ),
    LineSlider(
        "micro_wave",
        QT_TRANSLATE_NOOP("Hairline", "… length"),
        QT_TRANSLATE_NOOP("Steps", "Change fine scatter"),
        QT_TRANSLATE_NOOP("Hairline", "Length of the fine scatter, from peak to peak."),
        edge=True,
    ),
    LineSlider(
        "sentinels",
        QT_TRANSLATE_NOOP("Hairline", "Single dots"),
        QT_TRANSLATE_NOOP("Steps", "Change single dots"),
        QT_TRANSLATE_NOOP("Hairline", "Dots that stand alone ahead of the edge, per cm of line."),
        "/cm",
        edge=True,
    ),
    LineSlider(
        "sentinel_reach",
        QT_TRANSLATE_NOOP("Hairline", "… reach"),
        QT_TRANSLATE_NOOP("Steps", "Change single dots"),
        QT_TRANSLATE_NOOP("Hairline", "How far ahead of the edge single dots stand."),
        edge=True,
    ),
    LineSlider(
        "decorrelation",
        QT_TRANSLATE_NOOP("Hairline", "Left ≠ right"),
        QT_TRANSLATE_NOOP("Steps", "Change difference of sides"),
        QT_TRANSLATE_NOOP("Hairline", "How far the waves of one side run otherwise."),
        "%",
        0,
        100.0,
        edge=True,
    ),
)
