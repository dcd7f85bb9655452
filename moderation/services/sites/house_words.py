"""The house word list of a site: add a word from a case, and take it back."""

from sqlalchemy.orm import Session

from moderation.models import Editor, Site
from moderation.services.accounts.access import NotAdmin, may_run
from moderation.services.sites.add import change_site


def add_house_word(session: Session, editor: Editor, site: Site, word: str) -> None:
    """Let the spell checker accept the word on this site. Raises NotAdmin, InvalidSettings."""
    if not may_run(editor, site.id):
        raise NotAdmin
    words = site.settings.word_list
    if word not in words:
        change_site(session, editor, site, word_list=[*words, word])


def remove_house_word(session: Session, editor: Editor, site: Site, word: str) -> None:
    """Remove the word from the list. Raises NotAdmin."""
    if not may_run(editor, site.id):
        raise NotAdmin
    kept = [known for known in site.settings.word_list if known != word]
    change_site(session, editor, site, word_list=kept)
