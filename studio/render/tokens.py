"""Colours of the two themes and of what is drawn over the photo, as plain values."""

from dataclasses import dataclass
from enum import StrEnum

from studio.model.zone import Purpose


class Theme(StrEnum):
    """The two looks of the window."""

    DARK = "dark"
    LIGHT = "light"


@dataclass(frozen=True, slots=True)
class Tokens:
    """Named colours of one theme, `#rrggbb`. Text pairs meet WCAG AA on their grounds."""

    canvas: str
    win: str
    panel: str
    raised: str
    hover: str
    sel: str
    field: str
    line: str
    line2: str
    edge: str
    ctl: str
    text: str
    text2: str
    dis: str
    accent: str
    afill: str
    ontext: str
    ok: str
    warn: str
    warnbg: str
    err: str
    errbg: str


TOKENS = {
    Theme.DARK: Tokens(
        canvas="#262626",
        win="#2B2B2B",
        panel="#323232",
        raised="#3F3F3F",
        hover="#484848",
        sel="#4A4A4A",
        field="#242424",
        line="#222222",
        line2="#434343",
        edge="#5E5E5E",
        ctl="#8C8C8C",
        text="#F0F0F0",
        text2="#BDBDBD",
        dis="#8A8A8A",
        accent="#5BB8EA",
        afill="#1F74AE",
        ontext="#FFFFFF",
        ok="#7FC690",
        warn="#EDB65A",
        warnbg="#453A26",
        err="#F58F84",
        errbg="#48302D",
    ),
    Theme.LIGHT: Tokens(
        canvas="#C9C9C9",
        win="#E6E6E6",
        panel="#F1F1F1",
        raised="#FFFFFF",
        hover="#DFDFDF",
        sel="#D9D9D9",
        field="#FFFFFF",
        line="#CFCFCF",
        line2="#DCDCDC",
        edge="#A6A6A6",
        ctl="#767676",
        text="#1B1B1B",
        text2="#515151",
        dis="#858585",
        accent="#0B67A3",
        afill="#0B67A3",
        ontext="#FFFFFF",
        ok="#1E7137",
        warn="#855400",
        warnbg="#FBEBCB",
        err="#B3261E",
        errbg="#FBE0DC",
    ),
}

PURPOSE_COLOURS = {
    Purpose.TRANSITION: "#4FC3F7",
    Purpose.FULL: "#8C8CFF",
    Purpose.DENSITY: "#4BD19B",
    Purpose.PARTING: "#F2E14C",
    Purpose.SCAR: "#E58AEF",
    Purpose.PATCH: "#FFB066",
    Purpose.CROWN: "#C89BFF",
    Purpose.TEMPLE: "#7FB2FF",
    Purpose.DOT_SCARS: "#E56BC0",
    Purpose.KEEP_CLEAR: "#FF6B6B",
}
"""Zone colours, the same in both themes; a letter and a texture always go with them."""

ON_PURPOSE = "#111111"
"""Letters on a zone colour."""

EDITED = "#5BB8EA"
"""The edited curve and its points, in both themes."""
