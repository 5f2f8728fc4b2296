"""The system libraries that Qt's wheels leave to the system, on Linux."""

from __future__ import annotations

import ctypes
import os
import sys

import debian

# Library: Debian package. Found by starting the wheels on a minimal Debian 12.
OFFSCREEN = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libbrotlidec.so.1": "libbrotli1",
}
X11 = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
WAYLAND = {
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}


def ensure_offscreen() -> None:
    """Bring what Qt needs to draw without a window; raises debian.SetupError."""
    _ensure(OFFSCREEN)


def ensure_display() -> bool:
    """Whether a window can be shown here; if so, bring what that takes.

    Needs the offscreen libraries; raises debian.SetupError.
    """
    if sys.platform != "linux":
        return True
    if os.environ.get("WAYLAND_DISPLAY"):
        _ensure({**WAYLAND, **X11})
        return True
    if os.environ.get("DISPLAY") and _x_server_answers():
        _ensure(X11)
        return True
    return False


def missing(libraries: dict[str, str]) -> dict[str, str]:
    """Those of `libraries` that the loader does not find."""
    return {library: package for library, package in libraries.items() if not _loads(library)}


def _ensure(libraries: dict[str, str]) -> None:
    if sys.platform != "linux":
        return
    lacking = missing(libraries)
    if not lacking:
        return
    debian.install(list(lacking.values()), f"Missing system libraries: {', '.join(lacking)}.")
    still = missing(lacking)
    if still:
        raise debian.SetupError(f"Installed, but still not found: {', '.join(still)}.")


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _x_server_answers() -> bool:
    """Whether DISPLAY leads to a server: a stale one would end Qt with an abort."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # not known yet: let Qt say
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    failed = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not failed
