"""A report as lines for people."""

from typing import Any


def table(found: dict[str, Any]) -> list[str]:
    """The figures of `studio.planning.report` in columns."""
    lines = [f"Variant {found['variant']}, design {found['design_code']}", ""]
    for skin in found["skin_maps"]:
        scale = skin["method"] if skin["reason"] else f"{skin['method']}{_error(skin, 'sigma')}"
        lines.append(f"{skin['view']:<12} {scale}")
    lines += ["", f"{'zone':<32}{'cm²':>16}{'dots':>16}  sessions"]
    for zone in found["zones"]:
        name = f"{zone['letter']} {zone['name']} ({zone['view']})"
        lines.append(f"{name:<32}{_row(zone)}")
    lines += [f"{'all':<32}{_row(found['totals'])}", ""]
    for curve in found["curves"]:
        lines.append(f"{curve['name']:<32}{_number(curve, 'length_mm', 'length_se', 0)} mm")
    for tape in found["tapes"]:
        name = f"{tape['letter']} {tape['name']} {tape['side'] or ''}"
        length = _number(tape, "length_mm", "length_se", 0)
        reason = tape["reason"]
        lines.append(f"{name:<32}{reason or length + ' mm'}")
    return lines


def _row(entry: dict[str, Any]) -> str:
    area, dots = _number(entry, "area_cm2", "area_se", 1), _number(entry, "dots", "dots_se", 0)
    sessions = " + ".join(str(n) for n in entry["dots_per_session"] or ())
    return f"{area:>16}{dots:>16}  {sessions}"


def _number(entry: dict[str, Any], name: str, error: str, decimals: int) -> str:
    if entry[name] is None:
        return "no scale"
    return f"{entry[name]:.{decimals}f} ± {entry[error]:.{decimals}f}"


def _error(entry: dict[str, Any], name: str) -> str:
    return f" ± {100 * entry[name]:.1f} %"
