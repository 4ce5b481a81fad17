"""The colours and sizes of the program, read from one typed file."""

from functools import cache

import msgspec

from ult_desktop.base.paths import resource

Colours = dict[str, str]
Pair = tuple[str, str]


class Palettes(msgspec.Struct, frozen=True):
    """The colours by name: the usual ones, those of high contrast, and those of the display.

    `display` holds only what differs from `light`. In high contrast the display has no colours of its own.
    """

    light: Colours
    kontras: Colours
    display: Colours

    def of(self, face: str, contrast: str) -> Colours:
        if contrast == "kontras":
            return self.kontras
        return self.light | self.display if face == "display" else self.light


class Pairs(msgspec.Struct, frozen=True):
    """The pairs of a colour and its background, which a test holds to a contrast.

    `words` are colours of text, `marks` those of lines, fills and icons, which need less contrast.
    """

    words: list[Pair]
    marks: list[Pair]


class FaceSizes(msgspec.Struct, frozen=True, rename="kebab"):
    """The sizes of one face in pixels, as drawn at its base size (`portrait` or `landscape`).

    `damping` is the part of a larger screen, from 0 to 1, that makes things larger; the rest shows more of
    them. `target` is the side of what a person presses. `target_floor` is its least side in a window that
    stands for a screen; on a real screen `target_mm` is. Text up to the size `grows_to` grows when a person
    chooses larger text. The sizes in millimetres are the least on a real screen: of capitals, of the capitals
    of fine print, of the side of a target, of the gap between two targets.
    """

    portrait: tuple[int, int]
    landscape: tuple[int, int]
    damping: float
    radius: int
    target: int
    target_floor: int
    padding: int
    gap: int
    grows_to: int
    text: dict[str, int]
    capitals_mm: float = 0.0
    fine_mm: float = 0.0
    target_mm: float = 0.0
    gap_mm: float = 0.0

    def scale_for(self, width: int, height: int) -> float:
        """Return how many times larger than drawn things are on a screen of this size."""
        base = self.portrait if height > width else self.landscape
        raw = min(width / base[0], height / base[1])
        return 1 + (raw - 1) * self.damping


class Tokens(msgspec.Struct, frozen=True):
    """The whole of `theme/tokens.toml`."""

    colours: Palettes
    pairs: Pairs
    faces: dict[str, FaceSizes]


@cache
def load_tokens() -> Tokens:
    return msgspec.toml.decode(resource("theme", "tokens.toml").read_bytes(), type=Tokens)
