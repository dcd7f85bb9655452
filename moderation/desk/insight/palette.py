"""The colours of charts, read from the style sheets, because images cannot use custom properties."""

import re
from dataclasses import dataclass
from functools import cache

from moderation.paths import STATIC

_FILES = ("tokens.css", "tokens-desk.css")
_HEX = r"#[0-9a-f]{6}"
_PAIR = re.compile(rf"--([\w-]+):[^;]*?light-dark\(({_HEX}), ({_HEX})\)")
_PLAIN = re.compile(rf"--([\w-]+):(?:[^;(]|var\([\w-]+, )*?({_HEX})\)?;")
_MIX = re.compile(r"--([\w-]+): color-mix\(in srgb, var\(--([\w-]+)\) (\d+)%, var\(--([\w-]+)\)\);")


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as `#rrggbb`, by the name of their custom property without the dashes."""

    light: dict[str, str]
    dark: dict[str, str]


@cache
def read_palette() -> Palette:
    """Return the palette of this installation. Its files change only with the program."""
    text = "".join((STATIC / "common" / name).read_text("utf-8") for name in _FILES)
    plain = dict(_PLAIN.findall(text))
    light = plain | {name: light for name, light, _ in _PAIR.findall(text)}
    dark = plain | {name: dark for name, _, dark in _PAIR.findall(text)}
    for name, first, percent, second in _MIX.findall(text):
        for colors in (light, dark):
            colors[name] = _mixed(colors[first], colors[second], int(percent) / 100)
    return Palette(light, dark)


def _mixed(first: str, second: str, share: float) -> str:
    """Mix two colours like CSS color-mix in sRGB. `share` is the share of the first colour."""
    pairs = zip(_channels(first), _channels(second), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def _channels(color: str) -> list[int]:
    return [int(color[at : at + 2], 16) for at in (1, 3, 5)]
