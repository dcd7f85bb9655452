"""Join a JavaScript module and its imports into one file.

Each imported part becomes a function that is called once. Its exports are variables around those
functions, so that the minifier shortens their names too. Hence no two parts of a file may export the same
name, and no import of a part may rename. A style sheet becomes a `CSSStyleSheet`. Supported, each at the
start of a line: `import {…} from "…";`, `import sheet from "….css" with {…};`, `export {…};`, and `export`
before a function, a class or a constant.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import minify

_IMPORT = re.compile(
    r'^import (?P<names>\{[^}]*\}|\w+) from "(?P<path>[^"]+)"(?: with \{[^}]*\})?;\n', re.MULTILINE
)
_DYNAMIC = re.compile(r'(?<=import\(")[./]*/(?=[\w.-]+\.js"\))')
_EXPORT = re.compile(
    r"^export (?P<kind>(?:async )?function|class|const) (?P<name>\w+)(?P<assign> =)?", re.MULTILINE
)
_EXPORT_NAMES = re.compile(r"^export \{([^}]*)\};\n", re.MULTILINE)


class UnsupportedModule(ValueError):
    """A module cannot be joined: two parts export one name, or a part imports under another name."""


def join_modules(
    entry: Path, siblings: str, *, classic: bool = False, instead: Mapping[Path, Path] | None = None
) -> str:
    """Return the module with its parts, minified.

    `siblings` is the relative path from its URL to the other entries. A `classic` script exports nothing.
    `instead` names files that replace parts.
    """
    joined = _Joined(entry.parent, siblings, instead or {})
    body = joined.add_imports(entry)
    exports = ", ".join([match["name"] for match in _EXPORT.finditer(body)] + _listed(body))
    body = _EXPORT_NAMES.sub("", _EXPORT.sub(lambda match: match[0].removeprefix("export "), body))
    names = f"let {', '.join(joined.exported)};\n" if joined.exported else ""
    result = "" if classic else f"return {{ {exports} }};"
    inside = "\n".join([*joined.parts, f"{'return ' if result else ''}(() => {{\n{body}\n{result}\n}})();"])
    # The minifier shortens names in a function, but not in a module.
    scope = f"(() => {{\n{names}{inside}\n}})();"
    text = scope if classic or not exports else f"export const {{ {exports} }} = {scope}"
    return str(minify.string("text/javascript", "\n".join([*joined.kept, text])))


@dataclass(slots=True)
class _Joined:
    """The joined file under construction: imports of other entries, then parts in order of dependency."""

    directory: Path
    siblings: str
    instead: Mapping[Path, Path]
    kept: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    exported: dict[str, Path] = field(default_factory=dict)
    joined: set[Path] = field(default_factory=set)
    sheets: dict[Path, str] = field(default_factory=dict)

    def add_imports(self, path: Path) -> str:
        """Add the imports of a module, and return the module without its import lines."""
        source = path.read_text("utf-8")
        bindings = [self._binding(path, match["names"], match["path"]) for match in _IMPORT.finditer(source)]
        body = _DYNAMIC.sub(lambda _: self.siblings, _IMPORT.sub("", source))
        return "\n".join([*bindings, body])

    def _binding(self, importer: Path, names: str, address: str) -> str:
        target = (importer.parent / address).resolve()
        target = self.instead.get(target, target)
        if target.parent == self.directory:
            self.kept.append(f'import {names} from "{self.siblings}{target.name}";')
            return ""
        if target.suffix == ".css":
            return f"const {names} = {self._sheet(target)};"
        if " as " in names:
            raise UnsupportedModule(f"{importer} imports {names}: import a part under its own names only")
        if target not in self.joined:
            self.joined.add(target)
            self._add_part(target)
        return ""

    def _sheet(self, path: Path) -> str:
        if path not in self.sheets:
            name = self.sheets[path] = f"sheet{len(self.sheets)}"
            minified = minify.string("text/css", path.read_text("utf-8"))
            # The minifier leaves the values of custom properties as they are.
            text = json.dumps(minified.replace(", ", ","), ensure_ascii=False)
            self.parts.append(f"const {name} = new CSSStyleSheet(); {name}.replaceSync({text});")
        return self.sheets[path]

    def _add_part(self, path: Path) -> None:
        body = self.add_imports(path)
        for match in _EXPORT.finditer(body):
            other = self.exported.setdefault(match["name"], path)
            if other != path:
                raise UnsupportedModule(f"{path} and {other} both export {match['name']}")
        self.parts.append(f"(() => {{\n{_EXPORT.sub(_assignment, body)}\n}})();")


def _assignment(match: re.Match[str]) -> str:
    """Turn an exported declaration into an assignment to the variable around the parts."""
    if match["kind"] == "const":
        return f"{match['name']} ="
    return f"{match['name']} = {match['kind']}"


def _listed(body: str) -> list[str]:
    return [
        name.strip() for names in _EXPORT_NAMES.findall(body) for name in names.split(",") if name.strip()
    ]
