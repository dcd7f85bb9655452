"""What pyproject.toml cannot say: where packages lie, and what a build compiles."""

import gzip
import shutil
import sys
from pathlib import Path

from setuptools import find_namespace_packages, setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent
# Beside the package in a checkout, inside it in a wheel: moderation/paths.py finds both.
CARRIED = {
    f"moderation.{folder}{'.' + inner if inner else ''}": f"{folder}/{inner.replace('.', '/')}".rstrip("/")
    for folder in ("templates", "migrations")
    for inner in ["", *find_namespace_packages(folder)]
}


class BuildWithCompiledFiles(build_py):
    """Add the compiled translations and dictionaries to what is built. An editable install has its own."""

    def run(self) -> None:
        """Copy the packages, then compile."""
        super().run()
        if not self.editable_mode:
            built = Path(self.build_lib) / "moderation"
            compile_translations(built / "translations")
            compile_dictionaries(built / "dictionaries")


def compile_translations(target: Path) -> None:
    """Write a .mo file beside each .po file."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for source in target.rglob("*.po"):
        with source.open("rb") as words, source.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, read_po(words))


def compile_dictionaries(target: Path) -> None:
    """Write the lists of words, or copy those that the checkout has compiled already."""
    sys.path.insert(0, str(ROOT))
    from moderation.domain.spelling.languages import LANGUAGES
    from moderation.services.triage.dictionaries import compile_lists, list_path

    ready = ROOT / "moderation" / "dictionaries"
    if all(list_path(ready, lang).exists() for lang in LANGUAGES):
        target.mkdir(parents=True, exist_ok=True)
        for lang in LANGUAGES:
            shutil.copy(list_path(ready, lang), target)
    else:
        compile_lists(target)
    for lang in LANGUAGES:
        with gzip.open(list_path(target, lang)) as words:  # a broken list fails the build
            words.read()


setup(
    # Namespace packages: folders of templates, scripts and translations have no __init__.py.
    packages=[*find_namespace_packages(include=["moderation*", "worker*"]), *CARRIED],
    package_dir=CARRIED,
    package_data={"": ["*.html", "*.txt", "*.js", "*.json", "*.ts", "*.css", "*.svg", "*.po", "*.mako"]},
    cmdclass={"build_py": BuildWithCompiledFiles},
)
