"""What the person has switched on or off in the view."""

from dataclasses import dataclass

from studio.planning.guide import GuideKind
from studio.render.tokens import TOKENS, Theme

USUAL_GUIDES = frozenset({GuideKind.MIDLINE, GuideKind.TAPE, GuideKind.CANTHUS})


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewOptions:
    """Switches of the canvas.

    `overlays` off leaves photo and pigment alone; `guides` are those laid over it, `hair` rings
    what was found of it; `session`
    shows the dots up to that session, from 1, None for all; `backdrop` is a grey in
    per cent, None for the theme's own. `true_tone` draws dots as dark as the optics say
    they look; without it they are drawn stronger, to be planned with.
    """

    dots: bool = True
    overlays: bool = True
    guides: frozenset[GuideKind] = USUAL_GUIDES
    hair: bool = True
    mirror_view: bool = False
    session: int | None = None
    true_tone: bool = False
    theme: Theme = Theme.DARK
    backdrop: int | None = None

    @property
    def backdrop_colour(self) -> str:
        """The surround of the photo as `#rrggbb`."""
        if self.backdrop is None:
            return TOKENS[self.theme].canvas
        return "#" + f"{round(255 * self.backdrop / 100):02X}" * 3
