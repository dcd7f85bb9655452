"""Corrections in a real WordPress: text changes, markup stays, nobody's work is lost."""

import pytest

from moderation.domain.source.correct import Change
from moderation.domain.text.normalise import Quote
from moderation.integrations.cms.base import Refused
from moderation.integrations.cms.wordpress import WordPress
from moderation.services.apply.send import Sender
from tests.support.cms import Remembered, change
from tests.support.wordpress import USER

BLOCKS = (
    "<!-- wp:paragraph {{\"dropCap\":true}} -->\n<p class=\"has-drop-cap\">{}</p>\n<!-- /wp:paragraph -->\n\n"
    "<!-- wp:image {{\"id\":7}} -->\n<figure class=\"wp-image\"><img src=\"/котрая.png\" alt=\"котрая\"/>"
    "<figcaption class=\"wp-element-caption\">Подпись</figcaption></figure>\n<!-- /wp:image -->"
)  # fmt: skip


def apply(cms, post, *changes, memory=None):
    """Apply the changes to a post, and return what became of them."""
    return cms.apply(post["link"], changes, "a note", memory or Remembered())


@pytest.mark.parametrize(
    ("source", "shown", "correction", "expected"),
    [
        ("Река, котрая течёт", "котрая", "которая", "Река, которая течёт"),
        ("Он&nbsp;расказал о&nbsp;мосте", "Он расказал", "Он рассказал", "Он&nbsp;рассказал о&nbsp;мосте"),
        ("It&#8217;s recieved", "It’s recieved", "It’s received", "It&#8217;s received"),
        ('He said "helo" -- twice', "“helo” –", "“hello” –", 'He said "hello" -- twice'),
        ("Он <em>раска</em>зал всё", "расказал", "рассказал", "Он <em>расска</em>зал всё"),
    ],
)
def test_a_block_reads_as_corrected_and_keeps_its_markup(cms, wordpress, source, shown, correction, expected):
    post = wordpress.post(BLOCKS.format(source))
    done = apply(cms, post, change(shown, correction))
    assert done.refused == {}
    assert wordpress.raw(post) == BLOCKS.format(expected)
    assert [one["id"] for one in wordpress.revisions(post)][:1] == [int(done.revision)]


def test_titles_excerpts_pages_and_classic_posts(cms, wordpress):
    post = wordpress.post(
        "Первый абзац с ашипкой.\n\nВторой абзац.", "Новасти дня", excerpt="Каротко о главном"
    )
    done = apply(cms, post, change("ашипкой", "ошибкой", key="a"), change("Новасти", "Новости", key="b"),
                 change("Каротко", "Коротко", key="c"))  # fmt: skip
    assert done.refused == {}
    fields = {name: wordpress.raw(post, name) for name in ("title", "excerpt", "content")}
    assert fields == {
        "title": "Новости дня",
        "excerpt": "Коротко о главном",
        "content": "Первый абзац с ошибкой.\n\nВторой абзац.",
    }
    page = wordpress.call(
        "POST", "/wp/v2/pages", {"title": "О нас", "content": "Мы газетта", "status": "publish"}
    )
    apply(cms, page, change("газетта", "газета"))
    now = wordpress.call("GET", f"/wp/v2/pages/{page['id']}", context="edit")
    assert now["content"]["raw"] == "Мы газета"


def test_fifty_corrections_of_one_post_are_one_revision(cms, wordpress):
    post = wordpress.post("".join(f"<p>Номер {n} с ашипкой{n} тут.</p>" for n in range(50)))
    changes = [change(f"ашипкой{n}", f"ошибкой{n}", key=str(n)) for n in range(50)]
    assert apply(cms, post, *changes).refused == {}
    assert wordpress.raw(post).count("ошибкой") == 50
    assert len(wordpress.revisions(post)) == 1


def test_a_correction_is_made_once_however_often_it_is_asked(cms, wordpress):
    post = wordpress.post("<p>Все пришли, однако он опоздал на час.</p>")
    asked = change("однако", "однако,", "Все пришли, ", " он опоздал на час.")
    for _ in range(3):
        assert apply(cms, post, asked).refused == {}
    assert wordpress.raw(post) == "<p>Все пришли, однако, он опоздал на час.</p>"
    assert len(wordpress.revisions(post)) == 1


def test_a_correction_is_taken_back_to_the_very_source(cms, wordpress):
    source = "<p>Он&nbsp;<em>раска</em>зал &laquo;всё&raquo;.</p>"
    post = wordpress.post(source)
    done = apply(cms, post, change("расказал «всё»", "рассказал «всё»")).corrections["a"]
    back = Change("a", Quote("рассказал «всё»"), "расказал «всё»", (done.after, done.before))
    apply(cms, post, back)
    assert wordpress.raw(post) == source


def interrupted(sender, is_moment, action):
    """A sender that does something once, before the first request at the moment."""
    left = [action]

    def send(method, url, **more):
        if left and is_moment(method, url):
            left.pop()()
        return sender(method, url, **more)

    return send


@pytest.mark.parametrize(
    "is_moment",
    [lambda method, url: "_fields=modified_gmt" in url, lambda method, url: method == "POST"],
    ids=["before the check", "between check and writing"],
)
def test_two_editors_at_once_lose_nothing(wordpress, is_moment):
    post = wordpress.post("<p>Река, котрая течёт.</p><p>Второй абзац.</p>")
    route = f"/wp/v2/posts/{post['id']}"
    wordpress.call("POST", route, {"content": "<p>Река, котрая течёт.</p><p>Второй.</p>"})
    theirs = "<p>Река, котрая течёт.</p><p>Второй абзац, дополненный.</p>"
    sender = Sender(frozenset({wordpress.host}))
    send = interrupted(sender, is_moment, lambda: wordpress.call("POST", route, {"content": theirs}))
    cms = WordPress(wordpress.url, USER, wordpress.password, send)
    assert apply(cms, post, change("котрая", "которая", "Река, ", " течёт.")).refused == {}
    assert wordpress.raw(post) == theirs.replace("котрая", "которая")


def test_refusals_say_what_was_wrong(cms, wordpress):
    post = wordpress.post("<p>котрая и котрая</p>")
    for asked, reason in ((change("котрая", "которая"), "not_unique"), (change("нету", "нет"), "not_there")):
        assert apply(cms, post, asked).refused == {"a": reason}
    with pytest.raises(Refused) as refused:
        cms.read(wordpress.url + "/nothing-here/")
    assert refused.value.reason == "not_found"
    wrong = WordPress(wordpress.url, USER, "wrong", Sender(frozenset({wordpress.host})))
    with pytest.raises(Refused) as refused:
        wrong.read(post["link"])
    assert refused.value.reason == "unauthorized"
    with pytest.raises(Refused) as refused:
        WordPress(wordpress.url, USER, wordpress.password, Sender()).read(post["link"])
    assert refused.value.reason == "private_address"
    wordpress.call("DELETE", f"/wp/v2/posts/{post['id']}")
    with pytest.raises(Refused) as refused:
        cms.read(post["link"])
    assert refused.value.reason == "in_trash"


def test_the_connection_is_tested_without_changing_anything(cms, wordpress):
    assert cms.test() == "WordPress: Городские новости"
