"""Rules that lead from the address of a page to a file: `/blog/{slug}/ → content/posts/{slug}.md`."""

import re
from collections.abc import Iterator, Mapping
from typing import Literal
from urllib.parse import unquote, urlsplit

_ARROW = re.compile(r"\s*(?:→|->)\s*")
_NAME = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")


Reason = Literal["no_arrow", "other_names", "braces", "no_sign", "outside"]
_WHY: Mapping[Reason, str] = {
    "no_arrow": "it has no arrow: write /blog/{slug}/ → content/{slug}.md",
    "other_names": "the file may use each name of the address, and no other",
    "braces": "a name in braces has letters, digits and _ only",
    "no_sign": "put a sign between two names",
    "outside": "the file must be a path inside the repository",
}


class InvalidRule(ValueError):
    """A rule cannot be understood; the text says which and why."""

    def __init__(self, reason: Reason, rule: str) -> None:
        self.reason = reason
        self.rule = rule[:80]
        super().__init__(f"“{self.rule}”: {_WHY[reason]}")


def read_rules(rules: str) -> list[tuple[re.Pattern[str], str]]:
    """Patterns of paths, each with its file. `{name}` is one part of a path, `{path}` is several.

    Of several names in one part, each ends where the sign behind it comes first: /{year}-{month}-{slug}/.

    Raises InvalidRule.
    """
    patterns = []
    for line in filter(None, map(str.strip, rules.splitlines())):
        parts = _ARROW.split(line)
        if len(parts) != 2 or not all(parts):
            raise InvalidRule("no_arrow", line)
        address, file = parts
        names = _NAME.findall(address)
        unknown = set(_NAME.findall(file)) - set(names)
        if unknown or len(set(names)) != len(names):
            raise InvalidRule("other_names", line)
        if any(sign in _NAME.sub("", line) for sign in "{}"):
            raise InvalidRule("braces", line)
        if "}{" in address:
            raise InvalidRule("no_sign", line)
        if not _is_inside(_NAME.sub("x", file)):
            raise InvalidRule("outside", line)
        patterns.append((_pattern(address), file))
    return patterns


def paths_for(rules: str, url: str) -> Iterator[str]:
    """The files that a page can come from, in the order of the rules."""
    path = unquote(urlsplit(url).path).rstrip("/")
    for pattern, file in read_rules(rules):
        match = pattern.fullmatch(path)
        if match:
            filled = _NAME.sub(lambda name, found=match: found[name[1]], file)  # type: ignore[misc]
            if _is_inside(filled):
                yield filled


def _pattern(address: str) -> re.Pattern[str]:
    return re.compile("/".join(map(_pattern_of_part, address.rstrip("/").split("/"))))


def _pattern_of_part(part: str) -> str:
    """The pattern of what stands between two slashes. Atomic groups keep the time linear."""
    literals, names = _NAME.split(part)[::2], _NAME.findall(part)
    pattern = re.escape(literals[0])
    for number, (name, literal) in enumerate(zip(names, literals[1:], strict=True), 1):
        many = "." if name == "path" else "[^/]"
        if number < len(names):
            pattern += f"(?>(?P<{name}>{many}+?){re.escape(literal)})"
        else:
            pattern += f"(?P<{name}>{many}+){re.escape(literal)}"
    return pattern


def _is_inside(path: str) -> bool:
    parts = path.split("/")
    return not any(part in ("", ".", "..") or part.lower() == ".git" for part in parts) and path.isprintable()
