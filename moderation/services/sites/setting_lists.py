"""Settings that are lists: add a single entry from where editors meet it, and take it back."""

from typing import Any, Literal

from sqlalchemy.orm import Session

from moderation.models import Editor, Site
from moderation.services.accounts.access import NotAdmin, may_run
from moderation.services.sites.add import change_site

ListSetting = Literal["word_list", "blocked_readers"]


def add_entry(session: Session, editor: Editor, site: Site, setting: ListSetting, entry: str) -> None:
    """Add the entry to the list, if it is not in it. Raises NotAdmin, InvalidSettings."""
    entries = _entries(editor, site, setting)
    if entry not in entries:
        _store(session, editor, site, setting, [*entries, entry])


def remove_entry(session: Session, editor: Editor, site: Site, setting: ListSetting, entry: str) -> None:
    """Remove the entry from the list. Raises NotAdmin."""
    kept = [known for known in _entries(editor, site, setting) if known != entry]
    _store(session, editor, site, setting, kept)


def _entries(editor: Editor, site: Site, setting: ListSetting) -> list[str]:
    if not may_run(editor, site.id):
        raise NotAdmin
    entries: list[str] = getattr(site.settings, setting)
    return entries


def _store(session: Session, editor: Editor, site: Site, setting: ListSetting, entries: list[str]) -> None:
    changed: dict[str, Any] = {setting: entries}
    change_site(session, editor, site, **changed)
