"""The report form: what a reader fills in, and what the page answers."""

import re

from lxml import html
from sqlalchemy import func, select

from moderation.models import Report

FILLED = {
    "url": "https://news.example/a?utm_source=x", "exact": "расказал", "correction": "рассказал",
    "comment": "две «с»", "kind": "spelling", "website": "",
}  # fmt: skip


def count(session, model=Report):
    session.rollback()
    return session.scalar(select(func.count()).select_from(model))


def at_field(page, name):
    """The error that the page shows at a field."""
    match = re.search(rf'id="{name}-error">([^<]*)<', page)
    return match[1] if match else ""


def fields(page):
    """What the form on a page would send, by name."""
    (form,) = html.fromstring(page).forms
    return {name: (value or "").removeprefix("\n") for name, value in form.form_values()}
