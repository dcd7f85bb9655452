"""The templates of mail: each letter is written once and rendered as text and as HTML."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from jinja2 import Environment, FileSystemLoader

from moderation.paths import TEMPLATES
from moderation.services.notify.event_text import translations
from moderation.services.notify.letter import Letter

Form = Literal["txt", "html"]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A mail in both forms."""

    subject: str
    text: str
    html: str


def render(letter: Letter) -> Rendered:
    """Render a letter of templates/email/letters."""
    # A name of an older version may hold line ends: it must not add lines to a mail.
    values = {name: re.sub(r"\s+", " ", value) for name, value in letter.values.items()}
    name = f"letters/{letter.template}.jinja"
    text = environment(letter.lang, "txt").get_template(name).render(values, to=letter.to)
    html = environment(letter.lang, "html").get_template(name).render(values, to=letter.to)
    subject, _blank, body = text.strip().partition("\n\n")
    paragraphs = re.sub(r"\n{3,}", "\n\n", body.strip())
    return Rendered(subject.strip(), paragraphs + "\n", html)


@lru_cache(maxsize=8)
def environment(lang: str, form: Form) -> Environment:
    """Return the templates in a language. The HTML form escapes every value."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES / "email"),
        extensions=["jinja2.ext.i18n"],
        autoescape=form == "html",  # noqa: S701 - text needs none
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(lang=lang, form=form)
    env.install_gettext_translations(translations(lang), newstyle=True)  # type: ignore[attr-defined]
    return env
