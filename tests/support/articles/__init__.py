"""Articles of a made-up newspaper in Russian and English. A file is an article, a line is a paragraph."""

from pathlib import Path

_FOLDER = Path(__file__).parent


def read_articles(lang: str) -> dict[str, str]:
    """The articles of a language by name. A text's paragraphs are separated by one line end."""
    files = sorted((_FOLDER / lang).glob("*.txt"))
    return {file.stem: file.read_text("utf-8").strip().replace("\n\n", "\n") for file in files}
