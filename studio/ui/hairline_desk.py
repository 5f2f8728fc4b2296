"""What section, row and menu do to the grown hairline; each is one step."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from secrets import randbelow
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal

from studio.editing.edits.hairline import (
    grow_hairline,
    hairline_ids,
    moved_by_hand,
    set_fringe,
    set_recipe,
    shuffle,
)
from studio.editing.history import Edit
from studio.editing.selection import only
from studio.geometry.hairline import corner_of
from studio.geometry.hairline_places import Places
from studio.model.case import Case
from studio.model.chart import HEAD
from studio.model.curve import Curve
from studio.model.hairline import Fringe, HairlineShape, Recipe
from studio.model.refusal import Refusal
from studio.planning.hairline_candidates import Candidate, candidates
from studio.skin.forehead import Forehead, forehead
from studio.skin.hairline_figures import preset
from studio.ui.live_edit import LiveEdit
from studio.ui.workbench import Workbench

SEEDS = 1_000_000


class HairlineDesk(QObject):
    """The grown hairline that is worked on. `grown` tells that a new one is there."""

    grown = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self._live = LiveEdit(bench.said.emit)
        bench.open_case.replaced.connect(self._live.drop)

    def say(self, words: str) -> None:
        """One sentence for the person."""
        self._bench.said.emit(words)

    def chance(self) -> int:
        """A seed that nobody chose."""
        return 1 + randbelow(SEEDS)

    @property
    def curve(self) -> Curve | None:
        """The selected grown hairline, else the topmost one of the chart shown; None without."""
        bench = self._bench
        chosen = bench.selection.items | {node.item for node in bench.selection.nodes}
        grown = [curve for curve in bench.case.variant.curves if curve.recipe is not None]
        here = [curve for curve in grown if curve.chart == bench.chart]
        picked = [curve for curve in here if curve.id in chosen]
        return next(reversed(picked or here), None)

    @property
    def selected(self) -> Curve | None:
        """The grown hairline if it is selected; None otherwise."""
        bench, curve = self._bench, self.curve
        chosen = bench.selection.items | {node.item for node in bench.selection.nodes}
        return curve if curve is not None and curve.id in chosen else None

    @property
    def drawn_by_hand(self) -> bool:
        """Whether a hairline that was not grown lies on the chart shown, to be seen."""
        curves = self._bench.case.variant.curves
        here = [c for c in curves if c.chart == self._bench.chart and not c.hidden]
        return any(c.recipe is None and c.role.value == "hairline" for c in here)

    @property
    def places(self) -> Places | None:
        """Where the face's marks lie in the photo shown; None where no hairline can be grown."""
        try:
            return self._ground().places
        except Refusal:
            return None  # `hindrance` says it

    @property
    def hindrance(self) -> str | None:
        """Why no hairline can be grown on what is shown; None if one can."""
        try:
            self._ground()
        except Refusal as refusal:
            return str(refusal)
        return None

    def _ground(self) -> Forehead:
        """The forehead of what is shown; Refusal where a hairline has none to be grown on."""
        bench = self._bench
        if bench.skin is None:
            raise Refusal(QCoreApplication.translate("Hairline", "Add a photo of the face first."))
        if bench.chart != HEAD and not bench.skin.scaled:
            raise Refusal(
                QCoreApplication.translate(
                    "Hairline", "A hairline is grown in millimetres. Measure this photo first."
                )
            )
        return forehead(bench.case, bench.chart)

    def half_width(self, recipe: Recipe) -> float:
        """How far off the mid-line the corners of a recipe lie, the mean of both sides."""
        places = self.places
        if places is None:
            return recipe.half_width or 0.0
        return (corner_of(recipe, places.right)[0] + corner_of(recipe, places.left)[0]) / 2

    def candidates(self) -> tuple[Candidate, ...]:
        """Three hairlines to choose from; none where none can be grown."""
        places = self.places
        client = self._bench.case.client
        return () if places is None else candidates(client, this_year(), places)

    def moved(self) -> int:
        """How many points of the hairline were moved by hand."""
        curve = self.curve
        return 0 if curve is None else len(moved_by_hand(self._bench.case, curve.id))

    def grow(self) -> None:
        """A new hairline by the first candidate, if there is none on the chart shown."""
        hindrance = self.hindrance
        if hindrance is not None:
            self._bench.said.emit(hindrance)
        elif self.curve is not None:
            self._select(self.curve)
        else:
            self.choose(self.candidates()[0])

    def choose(self, candidate: Candidate) -> None:
        """The hairline by a candidate's numbers, grown if there is none."""
        self.use(_step("Choose a hairline"), candidate.recipe, None)

    def use(self, label: str, recipe: Recipe, fringe: Fringe | None) -> None:
        """The hairline by a recipe, and by a fringe if one is given; grown if there is none."""
        curve, chart, ids = self.curve, self._bench.chart, hairline_ids()
        if curve is None:
            new = replace(fringe or Fringe(), seed=self.chance())
            grown = self._bench.apply(
                _step("Grow a hairline"),
                lambda case: grow_hairline(case, chart, recipe, new, ids),
            )
            if grown:
                self._select(self.curve)
            return
        curve_id, seed = curve.id, (curve.fringe or Fringe()).seed

        def edit(case: Case) -> Case:
            if fringe is not None:
                case = set_fringe(case, curve_id, replace(fringe, seed=seed))
            return set_recipe(case, curve_id, recipe)

        self._bench.apply(label, edit)

    def shuffle(self) -> None:
        """Another natural hairline by the same numbers."""
        curve = self.curve
        if curve is None:
            self.grow()
            return
        seed = self.chance()
        self._bench.apply(_step("Shuffle"), lambda case: shuffle(case, curve.id, seed))

    def place_anew(self) -> None:
        """Put the points moved by hand back where the recipe has them."""
        curve = self.curve
        if curve is None or curve.recipe is None:
            return
        chart, recipe, fringe = curve.chart, curve.recipe, curve.fringe or Fringe()
        ids = replace(hairline_ids(), curve=curve.id)
        self._bench.apply(
            _step("Place points by the numbers"),
            lambda case: grow_hairline(case, chart, recipe, fringe, ids),
        )

    def set_shape(self, shape: HairlineShape) -> None:
        """Another shape, with the corners it begins with; height and temples stay."""
        client = self._bench.case.client

        def edit(recipe: Recipe) -> Recipe:
            return replace(
                recipe, shape=shape, recession=preset(shape, client, this_year()).recession
            )

        self._set(_step("Change shape"), self._recipe_edit(edit))

    def set_recipe(self, label: str, **fields: Any) -> None:  # noqa: ANN401
        """Other numbers of the line."""
        self._set(_step(label), self._recipe_edit(lambda recipe: replace(recipe, **fields)))

    def set_fringe(self, label: str, **fields: Any) -> None:  # noqa: ANN401
        """Other numbers of the edge."""
        self._set(_step(label), self._fringe_edit(lambda fringe: replace(fringe, **fields)))

    def slide_recipe(self, label: str, **fields: Any) -> None:  # noqa: ANN401
        """Show other numbers of the line; a step once it is settled."""
        self._slide(_step(label), self._recipe_edit(lambda recipe: replace(recipe, **fields)))

    def slide_fringe(self, label: str, **fields: Any) -> None:  # noqa: ANN401
        """Show other numbers of the edge; a step once it is settled."""
        self._slide(_step(label), self._fringe_edit(lambda fringe: replace(fringe, **fields)))

    def settle(self) -> None:
        """Make what is shown a step."""
        self._live.settle()

    def _slide(self, label: str, edit: Edit | None) -> None:
        if edit is not None:
            self._live.move(self._bench.open_case.history, label, edit, self._bench.selection)

    def _set(self, label: str, edit: Edit | None) -> None:
        if edit is not None:
            self._bench.apply(label, edit)

    def _recipe_edit(self, change: Callable[[Recipe], Recipe]) -> Edit | None:
        curve = self.curve
        if curve is None or curve.recipe is None:
            return None
        recipe = change(curve.recipe)
        return lambda case: set_recipe(case, curve.id, recipe)

    def _fringe_edit(self, change: Callable[[Fringe], Fringe]) -> Edit | None:
        curve = self.curve
        if curve is None:
            return None
        fringe = change(curve.fringe or Fringe())
        return lambda case: set_fringe(case, curve.id, fringe)

    def _select(self, curve: Curve | None) -> None:
        if curve is not None:
            self._bench.select(only(curve.id))
            self.grown.emit()


def this_year() -> int:
    """The year by which a client's age is told."""
    return datetime.now(UTC).astimezone().year


def _step(words: str) -> str:
    return QCoreApplication.translate("Steps", words)
