"""The structure of a tagged PDF: what is a title, a table, a figure, in reading order."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studio.render.sheet import Role

if TYPE_CHECKING:
    import pikepdf

ARTIFACT = "/Artifact BMC"

HOLDS_TEXT = {Role.TITLE, Role.HEADING, Role.TEXT, Role.HEAD_CELL, Role.CELL, Role.ITEM}


@dataclass(slots=True)
class Part:
    """One structure element: its children are parts or (page, marked content id)."""

    role: Role
    alt: str = ""
    children: "list[Part | tuple[int, int]]" = field(default_factory=list)


class TagTree:
    """Collects the parts of a document while its pages are drawn."""

    def __init__(self) -> None:
        """An empty document."""
        self.parts: list[Part] = []
        self.titles: list[str] = []
        self._open: list[Part] = []
        self._marks = 0

    def begin_page(self, title: str) -> None:
        """Marked content ids count from 0 on each page."""
        self.titles.append(title)
        self._marks = 0

    @contextmanager
    def within(self, role: Role, alt: str) -> Iterator[None]:
        """Open a part; parts drawn within become its children."""
        part = Part(role, alt)
        (self._open[-1].children if self._open else self.parts).append(part)
        self._open.append(part)
        yield
        self._open.pop()

    def holder(self, *, text: bool) -> Part | None:
        """The part that a text or a drawing made now belongs to; None for decoration.

        Only a figure holds drawings; rules and boxes elsewhere are decoration.
        """
        if not self._open:
            return None
        part = self._open[-1]
        return part if part.role is Role.FIGURE or (text and part.role in HOLDS_TEXT) else None

    def mark(self, part: Part | None) -> str:
        """Operator that begins one more piece of content of a part, or of decoration."""
        if part is None:
            return ARTIFACT
        number = self._marks
        part.children.append((len(self.titles) - 1, number))
        self._marks += 1
        return f"/{part.role.value} <</MCID {number}>> BDC"


def write_tags(pdf: "pikepdf.Pdf", tree: TagTree) -> None:
    """Hang the collected parts into a document as its structure tree."""
    from pikepdf import Array, Dictionary, Name  # noqa: PLC0415

    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array())
    )
    parents: list[dict[int, pikepdf.Object]] = [{} for _ in pdf.pages]
    for part in tree.parts:
        if part.children:
            document.K.append(_element(pdf, part, document, parents))
    root.K = Array([document])
    numbers = Array()
    for index, page in enumerate(pdf.pages):
        page.obj.StructParents = index
        page.obj.Tabs = Name.S
        numbers.append(index)
        marks = parents[index]
        numbers.append(pdf.make_indirect(Array([marks[i] for i in sorted(marks)])))
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
    root.ParentTreeNextKey = len(pdf.pages)
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def _element(
    pdf: "pikepdf.Pdf",
    part: Part,
    parent: "pikepdf.Object",
    parents: "list[dict[int, pikepdf.Object]]",
) -> "pikepdf.Object":
    from pikepdf import Array, Dictionary, Name, String  # noqa: PLC0415

    element = pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name(f"/{part.role.value}"), P=parent, K=Array())
    )
    if part.alt:
        element.Alt = String(part.alt)
    if part.role is Role.HEAD_CELL:
        element.A = Dictionary(O=Name.Table, Scope=Name.Column)
    for child in part.children:
        if isinstance(child, Part):
            if child.children:
                element.K.append(_element(pdf, child, element, parents))
            continue
        page, mark = child
        reference = Dictionary(Type=Name.MCR, Pg=pdf.pages[page].obj, MCID=mark)
        element.K.append(reference)
        parents[page][mark] = element
    return element
