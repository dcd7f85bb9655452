"""Join a JavaScript module and its imports into one file.

Each imported part becomes a function that is called once and returns its exports, so names cannot collide. A
style sheet becomes a `CSSStyleSheet`. Supported, each at the start of a line: `import {…} from "…";`,
`import sheet from "….css" with {…};`, `export {…};`, and `export` before a function, a class or a constant.
"""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

import minify

_IMPORT = re.compile(
    r'^import (?P<names>\{[^}]*\}|\w+) from "(?P<path>[^"]+)"(?: with \{[^}]*\})?;\n', re.MULTILINE
)
_DYNAMIC = re.compile(r'(?<=import\(")[./]*/(?=[\w.-]+\.js"\))')
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) (\w+))", re.MULTILINE)
_EXPORT_NAMES = re.compile(r"^export \{([^}]*)\};\n", re.MULTILINE)


def join_modules(entry: Path, siblings: str, *, classic: bool = False) -> str:
    """Return the module with its parts, minified.

    `siblings` is the relative path from its URL to the other entries. A `classic` script exports nothing.
    """
    joined = _Joined(entry.parent, siblings)
    body, exports = _without_exports(joined.add_imports(entry))
    inside = "\n".join([*joined.parts, body, "" if classic else f"return {{ {exports} }};"])
    scope = f"(() => {{\n{inside}\n}})();"  # the minifier shortens names in a function, but not in a module
    text = scope if classic or not exports else f"export const {{ {exports} }} = {scope}"
    return str(minify.string("text/javascript", "\n".join([*joined.kept, text])))


@dataclass(slots=True)
class _Joined:
    """The joined file under construction: imports of other entries, then parts in order of dependency."""

    directory: Path
    siblings: str
    kept: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    names: dict[Path, str] = field(default_factory=dict)

    def add_imports(self, path: Path) -> str:
        """Add the imports of a module, and return the module without its import lines."""
        source = path.read_text("utf-8")
        bindings = [self._binding(path, match["names"], match["path"]) for match in _IMPORT.finditer(source)]
        body = _DYNAMIC.sub(lambda _: self.siblings, _IMPORT.sub("", source))
        return "\n".join([*bindings, body])

    def _binding(self, importer: Path, names: str, address: str) -> str:
        target = (importer.parent / address).resolve()
        if target.parent == self.directory:
            self.kept.append(f'import {names} from "{self.siblings}{target.name}";')
            return ""
        return f"const {names.replace(' as ', ': ')} = {self._part(target)};"

    def _part(self, path: Path) -> str:
        if path not in self.names:
            value = _style_sheet(path) if path.suffix == ".css" else self._called_once(path)
            self.names[path] = f"part{len(self.names)}"
            self.parts.append(f"const {self.names[path]} = {value};")
        return self.names[path]

    def _called_once(self, path: Path) -> str:
        body, exports = _without_exports(self.add_imports(path))
        return f"(() => {{\n{body}\nreturn {{ {exports} }};\n}})()"


def _without_exports(source: str) -> tuple[str, str]:
    names = [*_EXPORT.findall(source), *_EXPORT_NAMES.findall(source)]
    return _EXPORT_NAMES.sub("", _EXPORT.sub("", source)), ", ".join(name.strip() for name in names)


def _style_sheet(path: Path) -> str:
    text = json.dumps(minify.string("text/css", path.read_text("utf-8")), ensure_ascii=False)
    return f"(() => {{ const sheet = new CSSStyleSheet(); sheet.replaceSync({text}); return sheet; }})()"
