"""Palette, style sheet and font of the window, from the tokens."""

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from studio.model.resources import resource
from studio.render.tokens import TOKENS, Theme, Tokens
from studio.ui import icons

FAMILY = "Inter"
WEIGHTS = ("Regular", "Medium", "SemiBold", "Bold")


def load_fonts() -> None:
    """Make the shipped screen font known to Qt."""
    for weight in WEIGHTS:
        QFontDatabase.addApplicationFont(str(resource(f"fonts/Inter-{weight}.ttf")))


def font(pixels: int, weight: int = 400, *, figures: bool = False) -> QFont:
    """The screen font in pixels; `figures` sets digits in columns of one width."""
    made = QFont(FAMILY)
    made.setPixelSize(pixels)
    made.setWeight(QFont.Weight(weight))
    if figures:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def apply(app: QApplication, theme: Theme) -> None:
    """Dress the whole program in a theme."""
    tokens = TOKENS[theme]
    app.setStyle("Fusion")
    app.setFont(font(12))
    app.setPalette(palette(tokens))
    app.setStyleSheet(style_sheet(tokens))


def palette(t: Tokens) -> QPalette:
    """A complete palette; highlights are grey so that lists stay neutral."""
    made = QPalette()
    role = QPalette.ColorRole
    for name, colour in {
        role.Window: t.win,
        role.WindowText: t.text,
        role.Base: t.field,
        role.AlternateBase: t.panel,
        role.Text: t.text,
        role.PlaceholderText: t.text2,
        role.Button: t.raised,
        role.ButtonText: t.text,
        role.BrightText: t.ontext,
        role.Highlight: t.sel,
        role.HighlightedText: t.text,
        role.ToolTipBase: t.raised,
        role.ToolTipText: t.text,
        role.Link: t.accent,
        role.LinkVisited: t.accent,
        role.Light: t.hover,
        role.Midlight: t.raised,
        role.Mid: t.edge,
        role.Dark: t.line,
        role.Shadow: t.line,
        role.Accent: t.accent,
    }.items():
        made.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(t.dis))
    return made


def style_sheet(t: Tokens) -> str:
    """The style sheet of TOKENS.md sections 2 and 5, in one theme's colours."""
    text = resource("style.qss").read_text(encoding="utf-8")
    for name in sorted(Tokens.__dataclass_fields__, key=len, reverse=True):
        text = text.replace(f"@{name}", getattr(t, name))
    for mark, name, colour in (
        ("%chevron", "chevron-down", t.text2),
        ("%check", "check", t.ontext),
    ):
        text = text.replace(mark, icons.file(name, colour).as_posix())
    return text
