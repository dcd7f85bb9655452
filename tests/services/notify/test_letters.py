"""Letters as text and HTML: both languages, dark backgrounds, names of strangers."""

import re
from html.parser import HTMLParser

import pytest

from moderation.paths import TEMPLATES
from moderation.services.accounts.security_log import MAILED
from moderation.services.notify.letter import Letter
from moderation.services.notify.mail_templates import render

LINK = "https://typos.example/desk/x/token"
EVENT = {"browser": "Chrome", "system": "Linux", "network": "192.0.2.0/24", "time": "2026-11-29 12:00 UTC"}
VALUES = {
    "account_event": {"what": "sign_in.new_device", **EVENT},
    "fixed": {
        "site": "Город", "before": "… сроках ", "wrong": "расказал", "after": " на", "right": "рассказал",
        "is_known": "yes", "service": "https://typos.example",
    },
    "invitation": {"site": "Город", "by": "Анна"},
    "new_address": {},
    "reset": {},
    "sso_linked": {},
    "subscriber_failing": {"site": "Город", "names": "Slack, CMS"},
}  # fmt: skip
HOSTILE = "<script>alert(1)</script>\r\nBcc: a@b.example\n\n\"'><img src=x onerror=alert(1)>"


class Tags(HTMLParser):
    """Collects the tags, their attributes and the text of a page."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes, self.words = set(), [], ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.words += " " + data


def letter(name, lang="en", **values):
    return render(Letter("anna@news.example", lang, name, {"link": LINK, **VALUES[name], **values}))


def test_every_letter_is_tried_here():
    assert {path.stem for path in (TEMPLATES / "email" / "letters").iterdir()} == set(VALUES)


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("name", VALUES)
def test_html_says_what_the_text_says(name, lang):
    mail, found = letter(name, lang), Tags(letter(name, lang).html)
    assert mail.subject and f'<html lang="{lang}">' in mail.html
    assert [link for key, link in found.attributes if key == "href"] == [LINK, LINK]
    shown = " ".join(found.words.split())
    said = re.sub(r"[^\w]", "", shown)
    for line in mail.text.splitlines():
        assert re.sub(r"[^\w]", "", line) in said
    assert ("Corrigenda" in mail.text) and mail.subject in shown
    assert not re.search(r"\n{3}", mail.text) and not mail.text.startswith("\n")


@pytest.mark.parametrize("name", VALUES)
def test_russian_has_no_english_sentence(name):
    english, russian = Tags(letter(name).html).words, Tags(letter(name, "ru").html).words
    sentences = {line.strip() for line in english.splitlines() if re.search(r"[a-z]{3,} [a-z]{3,}", line)}
    assert sentences and not [line for line in sentences if line in russian]


@pytest.mark.parametrize("name", VALUES)
def test_nothing_is_loaded_from_elsewhere_and_a_dark_background_has_its_colors(name):
    mail = letter(name)
    found = Tags(mail.html)
    assert found.tags <= {
        "html", "head", "meta", "title", "style", "body", "h1", "p", "a", "br", "del", "ins",
    }  # fmt: skip
    assert not {key for key, _ in found.attributes} & {"src", "srcset", "background"}
    assert "url(" not in mail.html and "@import" not in mail.html
    assert 'name="color-scheme" content="light dark"' in mail.html
    assert "@media (prefers-color-scheme:dark)" in mail.html


@pytest.mark.parametrize("name", [name for name in VALUES if VALUES[name]])
@pytest.mark.parametrize("lang", ["en", "ru"])
def test_names_of_strangers_are_only_text(name, lang):
    ours = {"what", "is_known", "service"}
    mail = letter(name, lang, **{key: HOSTILE for key in VALUES[name] if key not in ours})
    found = Tags(mail.html)
    assert not found.tags & {"script", "img"} and "onerror" not in dict(found.attributes)
    assert "<script>alert(1)</script> Bcc: a@b.example" in " ".join(found.words.split())
    assert "\n" not in mail.subject and "\nBcc:" not in mail.text


def test_a_fixed_passage_has_the_marks_of_the_desk():
    html = letter("fixed").html
    assert re.search(r"… сроках <del [^>]*>расказал</del> на", html)
    assert re.search(r"… сроках <ins [^>]*>рассказал</ins> на", html)


def test_a_passage_that_only_readers_vouch_for_is_left_out():
    mail = render(Letter("a@b.example", "en", "fixed", {"site": "C", "link": LINK, "service": LINK}))
    assert "It read" not in mail.text + mail.html and "Now it reads" not in mail.text + mail.html


@pytest.mark.parametrize("what", sorted(MAILED))
def test_each_event_has_a_subject(what):
    assert letter("account_event", what=what).subject
