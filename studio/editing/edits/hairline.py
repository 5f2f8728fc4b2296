"""Edits of a grown hairline: curve, transition and single dots ahead, asked for as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from studio.editing.edits.follow import drawn
from studio.editing.edits.items import add_curve, check_free, find_curve, put, stored
from studio.editing.edits.zones import add_zone
from studio.geometry.bezier import Nodes, chart_length, controls, evaluate, nearest
from studio.geometry.hairline import Role, grown, roles
from studio.geometry.transport import laid
from studio.model.case import Case
from studio.model.chart import ChartId, Point, rounded
from studio.model.curve import Curve, CurveRole, Node
from studio.model.hairline import Fringe, Recipe
from studio.model.ids import Id, new_id
from studio.model.refusal import Refusal
from studio.model.zone import Follow, FollowKind, Purpose, Zone
from studio.skin.forehead import Forehead, forehead
from studio.skin.hairline_figures import limit, limits, ramp

NAME = "Hairline"
TRANSITION, SENTINELS = "Hairline transition", "Single dots ahead"

FRINGE = Fringe()
"""The fringe a hairline gets unless another is asked for."""

WORDS = {
    "height": "Height",
    "recession": "Recession",
    "half_width": "Half width",
    "peak_height": "Peak height",
    "peak_width": "Peak width",
    "decorrelation": "Left from right",
    "macro_wave": "Length of large waves",
    "macro": "Large waves",
    "micro_wave": "Length of fine scatter",
    "micro": "Fine scatter",
    "sentinels": "Single dots per cm",
    "sentinel_reach": "Reach of single dots",
}
"""What the numbers of a recipe and a fringe are called."""

_CONTRADICTS: Mapping[str, tuple[tuple[frozenset[Role], str], ...]] = {
    "height": ((frozenset({Role.MID}), "y"),),
    "recession": ((frozenset({Role.CORNER}), "y"),),
    "half_width": ((frozenset({Role.CORNER}), "x"),),
    "peak_height": ((frozenset({Role.MID, Role.NEAR}), "y"),),
    "peak_width": ((frozenset({Role.NEAR}), "x"),),
    "shape": ((frozenset({Role.NEAR, Role.FRONT, Role.WING}), "xy"),),
    "temples": ((frozenset({Role.RECESS, Role.TEMPLE, Role.CHEEK}), "xy"),),
}
"""Which nodes a field of the recipe places, and in which direction: what was moved there by
hand gives way to the slider, everything else is kept."""


@dataclass(frozen=True, slots=True)
class HairlineIds:
    """The ids of a hairline that is about to be grown: previews keep them."""

    curve: Id
    transition: Id
    sentinels: Id


def hairline_ids() -> HairlineIds:
    """Fresh ids."""
    return HairlineIds(new_id(), new_id(), new_id())


def grow_hairline(
    case: Case,
    chart: ChartId,
    recipe: Recipe,
    fringe: Fringe = FRINGE,
    ids: HairlineIds | None = None,
) -> Case:
    """A hairline grown on a chart, with the zones that follow it.

    Where the curve of `ids` is there already it is grown anew as a whole: what was moved by
    hand is gone. Raises Refusal for numbers out of bounds, a locked curve, and where there is
    no forehead to grow it on.
    """
    ids = ids or hairline_ids()
    _check(recipe, fringe)
    nodes = laid(grown(recipe, forehead(case, chart).places), forehead(case, chart).to_chart)
    old = find_curve(case, ids.curve)
    if old is not None:
        check_free(old)
        curve = replace(old, chart=chart, nodes=nodes, recipe=recipe, fringe=fringe, mirrored=False)
        return _with_zones(put(case, stored(curve)), stored(curve), ids)
    curve = Curve(
        id=ids.curve,
        name=NAME,
        role=CurveRole.HAIRLINE,
        chart=chart,
        nodes=nodes,
        recipe=recipe,
        fringe=fringe,
    )
    return _with_zones(add_curve(case, curve), stored(curve), ids)


def set_recipe(case: Case, curve_id: Id, recipe: Recipe) -> Case:
    """A grown hairline by another recipe; what was moved by hand stays moved by as much.

    Only where the change places that very point the hand gives way. Raises Refusal for a
    curve that was not grown, a locked one, and numbers out of bounds.
    """
    curve, old, fringe = _grown_curve(case, curve_id)
    if recipe == old:
        return case
    _check(recipe, fringe)
    check_free(curve)
    ground = forehead(case, curve.chart)
    nodes = _by_hand(curve.nodes, old, recipe, ground)
    return _put(case, replace(curve, nodes=nodes, recipe=recipe), fringe)


def set_fringe(case: Case, curve_id: Id, fringe: Fringe) -> Case:
    """How the edge of a hairline strays, and what stands ahead; its nodes stay.

    The zones that follow it get its diffusion and its single dots.
    """
    curve = find_curve(case, curve_id)
    if curve is None:
        return case
    check_free(curve)
    _check(curve.recipe or Recipe(), fringe)
    return _put(case, replace(curve, fringe=fringe), curve.fringe)


def shuffle(case: Case, curve_id: Id, seed: int) -> Case:
    """Another natural hairline by the same numbers; what was moved by hand stays moved."""
    curve, recipe, fringe = _grown_curve(case, curve_id)
    curve = replace(curve, fringe=replace(fringe, seed=seed))
    check_free(curve)
    return set_recipe(put(case, curve), curve_id, replace(recipe, seed=seed))


def moved_by_hand(case: Case, curve_id: Id) -> tuple[int, ...]:
    """The nodes of a grown hairline that do not lie where its recipe has them."""
    curve, recipe, _ = _grown_curve(case, curve_id)
    ground = forehead(case, curve.chart)
    meant = laid(grown(recipe, ground.places), ground.to_chart)
    if len(meant) != len(curve.nodes):
        return tuple(range(len(curve.nodes)))
    pairs = zip(curve.nodes, meant, strict=True)
    return tuple(i for i, (node, was) in enumerate(pairs) if node != was)


def _grown_curve(case: Case, curve_id: Id) -> tuple[Curve, Recipe, Fringe]:
    curve = find_curve(case, curve_id)
    if curve is None or curve.recipe is None:
        raise Refusal("This curve was drawn by hand. Grow a hairline to set it by numbers.")
    return curve, curve.recipe, curve.fringe or Fringe()


def _by_hand(nodes: Nodes, old: Recipe, new: Recipe, ground: Forehead) -> Nodes:
    """The new recipe's nodes, each off its place by as much as the old one was."""
    was_mm, now_mm = grown(old, ground.places), grown(new, ground.places)
    was, now = laid(was_mm, ground.to_chart), laid(now_mm, ground.to_chart)
    if len(nodes) != len(was):
        return _carried_along(nodes, was, now)
    by_role = dict(zip(roles(new), range(len(now)), strict=True))
    yields = _yielding(old, new)
    made = list(now)
    for i, role in enumerate(roles(old)):
        if nodes[i] == was[i] or role not in by_role:
            continue
        to = by_role[role]
        shift = ground.to_mm(np.array([nodes[i].at]))[0] - was_mm[i].at
        kept = np.array([axis not in yields.get(role[1], "") for axis in "xy"])
        if not kept.any():
            continue
        place = ground.to_chart((np.array(now_mm[to].at) + shift * kept)[None])[0]
        made[to] = _moved_handles(nodes[i], was[i], now[to], (float(place[0]), float(place[1])))
    return tuple(made)


def _yielding(old: Recipe, new: Recipe) -> dict[Role, str]:
    """In which directions hand work gives way at which nodes."""
    found: dict[Role, str] = {}
    for field, places in _CONTRADICTS.items():
        if getattr(old, field) != getattr(new, field):
            for among, axes in places:
                for role in among:
                    found[role] = found.get(role, "") + axes
    return found


def _moved_handles(drawn_node: Node, was: Node, now: Node, at: Point) -> Node:
    """A node at a place, its handles as the new recipe's and as much off as the old one's."""

    def handle(hand: Point | None, old: Point | None, new: Point | None) -> Point | None:
        if hand is None:
            return None
        own = np.subtract(hand, drawn_node.at)
        meant = np.subtract(old or was.at, was.at)
        base = np.subtract(new or now.at, now.at)
        x, y = (np.array(at) + base + own - meant).tolist()
        return rounded((x, y))

    back = handle(drawn_node.back, was.back, now.back)
    ahead = handle(drawn_node.ahead, was.ahead, now.ahead)
    return Node(rounded(at), back, ahead, drawn_node.smooth)


def _carried_along(nodes: Nodes, was: Nodes, now: Nodes) -> Nodes:
    """Nodes that were added or taken away by hand, carried with the line beneath them."""
    if len(was) != len(now) or chart_length(was) == 0:
        raise Refusal(
            "Points were added to this line by hand, so it cannot be opened or joined to the "
            "temples. Grow it anew."
        )
    before, after = controls(was), controls(now)
    made = []
    for node in nodes:
        at = nearest(was, node.at)
        t = np.array([at.t])
        shift = evaluate(after[at.segment], t)[0] - evaluate(before[at.segment], t)[0]
        made.append(_shifted(node, shift.tolist()))
    return tuple(made)


def _shifted(node: Node, way: list[float]) -> Node:
    def moved(point: Point | None) -> Point | None:
        return None if point is None else rounded((point[0] + way[0], point[1] + way[1]))

    at = rounded((node.at[0] + way[0], node.at[1] + way[1]))
    return replace(node, at=at, back=moved(node.back), ahead=moved(node.ahead))


def _put(case: Case, curve: Curve, before: Fringe | None) -> Case:
    """The curve replaced, and what follows it drawn anew; `before` is the fringe it had."""
    curve = stored(curve)
    case = put(case, curve)
    for zone in case.variant.zones:
        if zone.follows is not None and zone.follows.curve == curve.id and not zone.locked:
            case = put(case, drawn(case, _asked(zone, before, curve.fringe), curve))
    return case


def _asked(zone: Zone, before: Fringe | None, now: Fringe | None) -> Zone:
    """A following zone with the width, fade-in and density of its curve's fringe, as far as that
    asks for others than before: what was set by hand stays.
    """
    if zone.follows is None or now is None:
        return zone
    if zone.follows.kind is FollowKind.SENTINELS:
        width = now.sentinel_reach
        asked = (now.sentinels, width)
        if before is not None and asked == (before.sentinels, before.sentinel_reach):
            return zone
        # a strip of this width has width / 10 cm2 for each cm of line
        density = now.sentinels / (width / 10.0)
        return replace(zone, density=density, follows=replace(zone.follows, width=width))
    if zone.follows.kind is FollowKind.EDGE:
        if before is not None and now.diffusion is before.diffusion:
            return zone
        wanted = ramp(now.diffusion)
        return replace(zone, feather=wanted.ramp, follows=replace(zone.follows, width=wanted.width))
    return zone


def _with_zones(case: Case, curve: Curve, ids: HairlineIds) -> Case:
    """The transition and the single dots of a curve, each made if it is not there."""
    there = {
        zone.follows.kind
        for zone in case.variant.zones
        if zone.follows is not None and zone.follows.curve == curve.id
    }
    made = (
        (FollowKind.EDGE, ids.transition, TRANSITION),
        (FollowKind.SENTINELS, ids.sentinels, SENTINELS),
    )
    for kind, zone_id, name in made:
        if kind not in there:
            zone = Zone(
                id=zone_id,
                letter="A",
                name=name,
                purpose=Purpose.TRANSITION,
                chart=curve.chart,
                outline=((0.0, 0.0), (1.0, 0.0), (0.0, 1.0)),
                feather=0.0,
                follows=Follow(curve.id, kind, 1.0),
            )
            case = add_zone(case, zone)
    return _put(case, curve, None)


def _check(recipe: Recipe, fringe: Fringe) -> None:
    """Refusal for a number outside its limits."""
    for field in limits():
        for source in (recipe, fringe):
            value = getattr(source, field, None)
            span = limit(field)
            if value is not None and not span.low <= value <= span.high:
                raise Refusal(f"{WORDS[field]} must be between {span.low:g} and {span.high:g}.")
