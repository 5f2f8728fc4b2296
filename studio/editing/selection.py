"""What is selected: whole items, and single nodes of them."""

from dataclasses import dataclass

from studio.model.ids import Id


@dataclass(frozen=True, slots=True)
class NodeRef:
    """A point of an item: a curve's node, or a zone ring's vertex (ring 0 is the outline)."""

    item: Id
    index: int
    ring: int = 0


@dataclass(frozen=True, slots=True)
class Selection:
    """Ids of selected curves, zones and measurements, and selected nodes of the items."""

    items: frozenset[Id] = frozenset()
    nodes: frozenset[NodeRef] = frozenset()

    @property
    def empty(self) -> bool:
        """Whether nothing is selected."""
        return not self.items and not self.nodes


EMPTY = Selection()


def only(item: Id) -> Selection:
    """The selection of one item."""
    return Selection(frozenset({item}))
