"""Articles of an invented newspaper in Russian and English. A file is an article, a line is a paragraph."""

from pathlib import Path

_FOLDER = Path(__file__).parent


def read_articles(lang: str) -> dict[str, str]:
    """Return the articles of a language by name. One line end separates paragraphs."""
    files = sorted((_FOLDER / lang).glob("*.txt"))
    return {file.stem: file.read_text("utf-8").strip().replace("\n\n", "\n") for file in files}
