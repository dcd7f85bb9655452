"""The message of a commit has words of readers and editors in it."""

from datetime import UTC, datetime

from sqlalchemy import select

from moderation.models import CorrectionApply
from moderation.services.apply.note import note_for
from moderation.services.cases.apply import accept_and_apply
from tests.factories import CaseFactory, CmsConnectionFactory, EditorFactory, ReportFactory, place_in


def test_words_of_readers_and_editors_close_no_issue_and_call_nobody(session, site):
    case, owner = CaseFactory(site=site, exact="расказал"), EditorFactory(is_owner=True, name="Fixes #5")
    comment = "Fixes #12, closes GH-3 owner/repo#4 @torvalds"
    place_in(session, ReportFactory(site=site, comment=comment), case)
    CmsConnectionFactory(site=site, kind="endpoint")
    now = datetime.now(UTC)
    accept_and_apply(session, owner, case.id, version=case.version, correction="рассказал, fixes #7", now=now)
    note = note_for(session, session.scalars(select(CorrectionApply)).all(), "https://typos.example")
    assert "→ рассказал, fixes #\u200b7\n" in note and "#7" not in note
    assert "> Fixes #\u200b12, closes GH-\u200b3 owner/repo#\u200b4 @\u200btorvalds" in note
    assert "Accepted by Fixes #\u200b5." in note
