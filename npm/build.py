"""Build the npm package of the widget: its modules, joined and minified as the service serves them.

Words become modules, because bundlers find those by themselves. `make npm-package` packs the folder.
"""

import json
import re
import shutil
import sys
from pathlib import Path

from moderation.paths import STATIC
from moderation.reader.bundle import make_bundle
from moderation.reader.join_modules import join_modules
from moderation.version import VERSION

_HERE = Path(__file__).parent
_WIDGET = STATIC / "widget"
_ENTRIES = ("dialog", "button", "marks", "known", "reports", "proof")
_INSTEAD = {_WIDGET / "page" / "own-words.js": _HERE / "own-words.js"}
_FOLDER = re.compile(r'"\.\./moderation/static/widget/')
_JSON = re.compile(r'(import\("\./[\w.]+)\.json"')


def build(target: Path) -> None:
    """Write the package's files into an empty folder."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for entry in (_HERE / "index.js", *(_WIDGET / f"{name}.js" for name in _ENTRIES)):
        (target / entry.name).write_text(_module(entry), "utf-8")
    for path in (*_WIDGET.glob("words.*.json"), *_WIDGET.glob("reports.*.json")):
        words = json.dumps(json.loads(path.read_text("utf-8")), ensure_ascii=False, indent=1)
        path_of_module = target / path.with_suffix(".js").name
        path_of_module.write_text(f"export default {words};\n", "utf-8")
    shutil.copy(_WIDGET / "api.d.ts", target / "api.d.ts")
    (target / "index.d.ts").write_text(_types(), "utf-8")
    package = {**json.loads((_HERE / "package.json").read_text("utf-8")), "version": VERSION}
    (target / "package.json").write_text(json.dumps(package, indent=2) + "\n", "utf-8")
    for path in (_HERE / "README.md", _HERE.parent / "LICENSE"):
        shutil.copy(path, target / path.name)


def _module(entry: Path) -> str:
    """Return a joined module. Its other modules are beside it, and it names the version of the service."""
    text = join_modules(entry, "./", instead=_INSTEAD).replace("@HASH@", make_bundle().version)
    return _JSON.sub(r'\1.js"', _FOLDER.sub('"./', text))


def _types() -> str:
    text = _FOLDER.sub('"./', (_HERE / "index.d.ts").read_text("utf-8"))
    return text.replace('"./api.d.ts"', '"./api.js"')  # TypeScript finds api.d.ts by this name


if __name__ == "__main__":
    build(Path(sys.argv[1]))
