from datetime import timedelta

import pytest

from moderation.domain.text.page_text import read_content
from moderation.models.revision import pack_layout
from moderation.services.cases.busy_pages import busy_pages
from moderation.services.cases.page_blocks import MOST_SHOWN
from moderation.services.cases.page_view import UnknownPage, block_now, last_edit, view_page
from moderation.services.pages.revisions import keep_content, latest_revision
from tests.factories import NOON, CaseFactory, EditorFactory, PageFactory, RevisionFactory, SiteFactory

TEXT = "Он расказал всем о новых сорках моста."


@pytest.fixture
def editor(site):
    return EditorFactory(role="viewer", role__site=site)


@pytest.fixture
def page(session, site):
    made = PageFactory(site=site)
    RevisionFactory(page=made, text=TEXT)
    session.commit()
    return made


def at(site, page, exact, **more):
    start = TEXT.index(exact)
    return CaseFactory(
        site=site, page=page, exact=exact, start=start, end=start + len(exact), **({"state": "found"} | more)
    )


def test_the_text_with_its_cases_in_reading_order(session, site, editor, page):
    second, first = (
        at(site, page, "сорках"),
        at(site, page, "расказал", status="accepted", correction="рассказал"),
    )
    inside = at(site, page, "каза")
    gone = at(site, page, "моста", state="gone")
    at(site, page, "Он", status="rejected")
    view = view_page(session, editor, page.id)
    (block,) = view.blocks
    assert "".join(piece.text for piece in block.pieces) == TEXT
    assert [piece.case.id for piece in block.pieces if piece.case] == [first.id, second.id]
    assert [case.id for case in view.cases] == [first.id, inside.id, second.id, gone.id]
    assert [case.id for case in view.accepted] == [first.id]


def test_of_a_crafted_page_with_many_paragraphs_the_first_are_shown_and_those_with_a_case(
    session, site, editor
):
    words = [f"слово{number}" for number in range(MOST_SHOWN + 10)]
    content = read_content("<body><p>" + "<p>".join(words))
    page = PageFactory(site=site)
    layout = pack_layout(content.blocks, content.article_end)
    RevisionFactory(page=page, text=content.text, layout=layout)
    start = content.text.index(words[-1])
    last = CaseFactory(site=site, page=page, exact=words[-1], start=start, end=start + 5, state="found")
    session.commit()
    blocks = view_page(session, editor, page.id).blocks
    assert len(blocks) == MOST_SHOWN + 1
    assert [piece.case.id for piece in blocks[-1].pieces if piece.case] == [last.id]


def test_a_page_without_a_text_has_its_cases(session, site, editor):
    bare = PageFactory(site=site)
    case = CaseFactory(site=site, page=bare)
    view = view_page(session, editor, bare.id)
    assert view.blocks == [] and [one.id for one in view.cases] == [case.id]


def pieces_of(block):
    return [piece.text for piece in block.pieces]


def test_what_the_page_reads_at_the_passage_now(session, site, page):
    block = block_now(session, at(site, page, "расказал"))
    assert pieces_of(block) == ["Он ", "расказал", " всем о новых сорках моста."]
    assert block_now(session, at(site, page, "расказал", state="unchecked")) is None
    assert block_now(session, CaseFactory(site=site, state="found", start=0, end=2)) is None


def test_the_text_is_shown_in_headings_and_paragraphs(session, site, editor):
    content = read_content("<h1>Мост</h1><p>Он расказал<p>всем о сорках.<aside>меню</aside><aside>о погоде")
    page = PageFactory(site=site)
    layout = pack_layout(content.blocks, content.text.index(" меню"))
    RevisionFactory(page=page, text=content.text, layout=layout)
    session.commit()
    for exact in ("расказал всем", "погоде"):
        start = content.text.index(exact)
        CaseFactory(site=site, page=page, exact=exact, start=start, end=start + len(exact), state="found")
    shown = [
        (block.kind, [piece.text for piece in block.pieces])
        for block in view_page(session, editor, page.id).blocks
    ]
    assert shown == [
        ("headline", ["Мост"]),
        ("paragraph", ["Он ", "расказал всем"]),
        ("paragraph", [" о сорках."]),
        ("text", ["о ", "погоде"]),
    ]
    case = CaseFactory(site=site, page=page, exact="Он", start=5, end=7, state="found")
    assert pieces_of(block_now(session, case)) == ["Он", " расказал"]


def test_the_busiest_pages_first(session, site, editor, page):
    other = PageFactory(site=site)
    for status in ("open", "open", "accepted", "spam"):
        CaseFactory(site=site, page=page, status=status)
    CaseFactory(site=site, page=other)
    CaseFactory()
    rows = [(row.page.id, row.open, row.accepted) for row in busy_pages(session, editor).rows]
    assert rows == [(page.id, 2, 1), (other.id, 1, 0)]


def test_pages_are_searched_and_sorted(session, site, editor, page):
    old = PageFactory(site=site, title="Мост 100%")
    for number in range(2):
        CaseFactory(site=site, page=page, first_reported_at=NOON + timedelta(hours=number))
    CaseFactory(site=site, page=old, first_reported_at=NOON - timedelta(days=1))

    def shown(**options):
        return [row.page.id for row in busy_pages(session, editor, **options).rows]

    assert shown() == shown(sort="newest") == [page.id, old.id]
    assert shown(sort="waiting") == [old.id, page.id]
    assert shown(q="мост 100%") == [old.id] and shown(q="100_") == [] and shown(part=2) == []


def test_a_foreign_page_looks_absent(session, page):
    stranger = EditorFactory(role="admin", role__site=SiteFactory())
    with pytest.raises(UnknownPage):
        view_page(session, stranger, page.id)


def test_what_changed_since_the_page_was_edited(session, page):
    assert last_edit(session, page) is None
    revision = latest_revision(session, page)
    content = read_content(f"<article><p>{TEXT.replace('сорках', 'сроках')}</p></article>")
    keep_content(session, page, revision, content, NOON)
    changed = last_edit(session, page)
    (edit,) = changed.edits.edits
    assert (edit.removed, edit.added) == ("сорках", "сроках") and changed.since == revision.seen_at
