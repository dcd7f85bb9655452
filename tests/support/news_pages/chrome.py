"""What stands around an article: menus, banners, teasers, comments, footers."""

from tests.support.news_pages.story import Story

STYLE = """<style>
.vh{position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0 0 0 0);white-space:nowrap}
.hide,.print{display:none}.ghost{visibility:hidden}.line{display:block}.row,.flexitem{display:flex;gap:8px}
.inl li{display:inline}.ib{display:inline-block}.up{text-transform:uppercase}.cv{content-visibility:auto}
.cap{float:left;font-size:3em}.first::first-letter{font-size:2em}.marker{position:absolute;right:0}
.cells{display:table}.cells>*{display:table-cell}.plain{display:inline}.noselect{user-select:none}
@media print{.print{display:block}}
</style>"""
HIDDEN = ("hide", "print", "ghost")
"""Classes whose elements the style sheet hides."""
LINES = ("line", "vh", "marker")
"""Classes whose elements the style sheet separates from their neighbours."""
FLEX = ("row", "flexitem")
"""Classes whose children the style sheet separates from each other."""
_SECTIONS = ("Home", "City", "Politics", "Business", "Sport", "Culture", "Weather", "Opinion", "Letters")


def head(story: Story, *, extra: str = "") -> str:
    """Return the head of the page."""
    charset = '<meta charset="utf-8">'
    early, late = (charset, "") if story.chance(0.7) else ("", charset)
    return f"<head>{early}<title>{story.title} — City paper</title>{late}{STYLE}{extra}</head>"


def menus(story: Story) -> str:
    """Return the header with two menus, one of which a style sheet may hide."""
    items = "".join(f'<li><a href="#">{name}</a></li>' for name in _SECTIONS)
    mobile = story.random.choice(("hide", "vh", "", "ghost"))
    sign_in = (
        '<form class="login"><input type="password" placeholder="Password"><button>Sign in</button></form>'
    )
    return (
        f'<header><a class="vh" href="#content">Skip to content</a><div class="row"><span>City</span><span>paper</span></div>'
        f'<nav class="{mobile}"><ul>{items}</ul></nav>{sign_in if story.chance(0.4) else ""}'
        f'<nav><ul class="{story.random.choice(("inl", "row", ""))}">{items}</ul></nav></header>'
    )


def banner(story: Story) -> str:
    """Return a cookie banner, or nothing."""
    if not story.chance(0.5):
        return ""
    return (
        '<div class="cookies" role="dialog" aria-modal="true"><h2>We value your privacy</h2><p>We and our 874 partners '
        "store and access information on a device.</p><button>Accept all</button></div>"
    )


def teasers(story: Story, tag: str = "div") -> str:
    """Return teasers. Some repeat the article's own headline and first paragraph."""
    own = [(story.title, story.paragraphs[0])] if story.chance(0.5) else []
    cards = "".join(
        f'<{tag} class="card"><a href="#"><h3>{title}</h3><p>{first}</p></a><div class="row"><time>10 May</time>'
        "<span>5 min</span></div></{tag}>".replace("{tag}", tag)
        for title, first in [*own, *story.random.sample(story.others, 3)]
    )
    return f'<section class="teasers"><h2>More news</h2>{cards}</section>'


def comments(story: Story, tag: str = "div") -> str:
    """Return comments that quote the article."""
    entries = "".join(
        f'<{tag} class="comment"><div class="row"><b>Reader {number}</b><span>2 hours ago</span></div>'
        f"<blockquote>{story.sentence()}</blockquote><p>{story.sentence()}</p></{tag}>"
        for number in range(story.random.randrange(4))
    )
    return f'<section class="comments"><h2>Comments</h2>{entries}</section>'


def footer(story: Story) -> str:
    """Return the footer, which repeats the menu, and the state that scripts read."""
    items = "".join(f'<a href="#">{name}</a>' for name in _SECTIONS)
    popular = "".join(
        f"<li><a href='#'><span>{at}</span><span>{title}</span></a></li>"
        for at, (title, _) in enumerate(story.others, 1)
    )
    return (
        f'<aside><h2>Most read</h2><ol class="row">{popular}</ol></aside><footer><div class="row">{items}</div><p>© 2026 City '
        f'paper. All rights reserved.</p></footer><script>window.__STATE__ = {{"text": "{story.title}"}}</script>'
    )
