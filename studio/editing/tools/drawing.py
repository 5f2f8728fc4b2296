"""The curve under the pen: how it grows, closes, and is found again after undo."""

from dataclasses import dataclass, replace

from studio.editing.edits.items import add_curve, find_curve, replace_curve
from studio.geometry.bezier import Nodes
from studio.geometry.nodes import reversed_nodes
from studio.model.case import Case
from studio.model.chart import ChartId
from studio.model.curve import Curve, CurveRole, Node
from studio.model.ids import Id, new_id

ROLE_NAMES = {
    CurveRole.HAIRLINE: "Hairline",
    CurveRole.TEMPLE: "Temple edge",
    CurveRole.PARTING: "Part line",
    CurveRole.SCAR: "Scar line",
    CurveRole.OTHER: "Curve",
}
"""What a new curve is called until it is renamed."""


@dataclass
class Drawing:
    """A curve being drawn. It is in the case from its second point on.

    `first` is the point it began with, `before` the case in which it has only that one
    (undo leads there); `backward` when the curve grows at its first node.
    """

    curve: Id
    first: Node
    before: Case | None = None
    backward: bool = False

    def nodes(self, case: Case) -> Nodes:
        """The nodes so far, the one drawn last at the end."""
        curve = find_curve(case, self.curve)
        return (self.first,) if curve is None else self._directed(curve.nodes)

    def lost(self, case: Case, chart: ChartId) -> bool:
        """Whether the curve cannot be drawn on: closed, locked, taken away, or elsewhere."""
        curve = find_curve(case, self.curve)
        if curve is None:
            return self.before is not None and self.before is not case
        return curve.closed or curve.locked or curve.hidden or curve.chart != chart

    def grown(self, curve: Curve, node: Node) -> Curve:
        """The curve with one more node."""
        return replace(curve, nodes=self._directed((*self._directed(curve.nodes), node)))

    def closed(self, curve: Curve, node: Node) -> Curve:
        """The curve joined to its start; the handles of `node` bend the closing end."""
        first, *others = self._directed(curve.nodes)
        bent = replace(first, back=node.back or first.back)
        return replace(curve, nodes=self._directed((bent, *others)), closed=True)

    def shortened(self, curve: Curve) -> Curve:
        """The curve without the node drawn last."""
        return replace(curve, nodes=self._directed(self._directed(curve.nodes)[:-1]))

    def _directed(self, nodes: Nodes) -> Nodes:
        """Nodes turned so that the curve grows at the last one, and back again."""
        return reversed_nodes(nodes) if self.backward else nodes


def with_node(
    case: Case, drawing: Drawing, node: Node, role: CurveRole, chart: ChartId, *, mirrored: bool
) -> Case:
    """The case with one more node of the curve; the second node makes the curve."""
    curve = find_curve(case, drawing.curve)
    if curve is not None:
        return replace_curve(case, drawing.grown(curve, node))
    made = Curve(
        id=drawing.curve,
        name=free_name(case, ROLE_NAMES[role]),
        role=role,
        chart=chart,
        nodes=(drawing.first, node),
        mirrored=mirrored,
    )
    return add_curve(case, made)


def begun(first: Node) -> Drawing:
    """A new curve with its first point."""
    return Drawing(new_id(), first)


def free_name(case: Case, name: str) -> str:
    """The name, numbered from 2 if a curve has it already."""
    taken = {curve.name for curve in case.variant.curves}
    tried, number = name, 2
    while tried in taken:
        tried, number = f"{name} {number}", number + 1
    return tried
