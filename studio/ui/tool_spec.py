"""One tool of the rail."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication


@dataclass(frozen=True, slots=True)
class ToolSpec:
    """One tool of the rail; `id` is its name in the toolbox."""

    id: str
    name: str
    icon: str
    key: str
    tip: str

    @property
    def title(self) -> str:
        """The name in the person's language."""
        return QCoreApplication.translate("Tools", self.name)
