"""The skeletons of well-known content management systems."""

from collections.abc import Callable

from tests.support.news_pages.blocks import some_blocks
from tests.support.news_pages.chrome import banner, comments, footer, head, menus, teasers
from tests.support.news_pages.inline import dress
from tests.support.news_pages.story import Story

Skin = Callable[[Story], str]


def _body(story: Story, before: str = "<p>", after: str = "</p>") -> str:
    """The article's paragraphs with blocks between them."""
    parts = [before + dress(text, story.random) + after for text in story.paragraphs]
    for block in some_blocks(story):
        parts.insert(story.random.randrange(len(parts) + 1), block)
    return "\n".join(parts)


def _page(story: Story, content: str, *, extra: str = "", html: str = "") -> str:
    return f'<!doctype html><html lang="{story.lang}"{html}>{head(story, extra=extra)}<body>{content}</body></html>'


def wordpress(story: Story) -> str:
    """A theme that writes the article and the comments as `article`."""
    return _page(
        story,
        f'{menus(story)}<main id="content"><article class="post hentry"><header class="entry-header"><h1>{story.title}</h1>'
        f'<div class="entry-meta"><span class="posted-on"><a href="#">12.05.2026</a></span><span class="byline">Anna</span></div>'
        f'</header><div class="entry-content">{_body(story)}</div></article>{comments(story, "article")}</main>'
        f"{teasers(story)}{footer(story)}{banner(story)}",
    )


def teasers_first(story: Story) -> str:
    """Teasers are `article`, come first, and the text is a `div` in `main`."""
    return _page(
        story,
        f'{banner(story)}{menus(story)}<div class="top">{teasers(story, "article")}</div><main><h1>{story.title}</h1>'
        f'<div class="story-body">{_body(story)}</div>{comments(story)}</main>{footer(story)}',
    )


def components(story: Story) -> str:
    """Each paragraph in a component of its own, as big publishers do."""
    body = _body(story, '<div data-component="text-block"><p class="c1"><span>', "</span></p></div>")
    return _page(
        story,
        f'<div id="root">{menus(story)}<main><article><div data-component="headline-block"><h1><span>{story.title}</span></h1></div>'
        f'<div data-component="byline-block" class="row"><span>By</span><span>Anna Petrova</span><time>12 May</time></div>{body}'
        f'</article>{teasers(story)}</main>{footer(story)}</div><div id="modal" hidden><p>Subscribe</p></div>',
    )


def divs(story: Story) -> str:
    """No landmark at all: texts in `div`, lines by `br`."""
    body = _body(story, "", "<br><br>")
    return _page(
        story,
        f'<div class="header">{menus(story)}</div><div class="t-body"><div class="t-title">{story.title}</div>'
        f'<div class="t-text" field="text">{body}</div></div>{teasers(story)}{comments(story)}{footer(story)}',
    )


def tables(story: Story) -> str:
    """A layout of nested tables with unclosed cells, as of twenty years ago."""
    body = _body(story, "<p align=justify>", "")
    return (
        f"<html>{head(story)}<body bgcolor=white><table width=100%><tr><td colspan=2>{menus(story)}<tr><td width=20%>"
        f"{teasers(story)}<td><font size=4><b>{story.title}</b></font><hr>{body}<tr><td colspan=2>{footer(story)}</table>"
    )


def amp(story: Story) -> str:
    """An AMP page with its custom elements."""
    body = _body(story)
    return _page(
        story,
        f'<amp-sidebar layout="nodisplay" hidden><ul><li>Home</li></ul></amp-sidebar>{menus(story)}<article class="amp-wp-article">'
        f'<h1>{story.title}</h1><amp-img src="x" width=1 height=1></amp-img><amp-ad><div placeholder>Ad</div></amp-ad>{body}'
        f"<amp-accordion><section><h4>More</h4><p>{story.sentence()}</p></section></amp-accordion></article>{footer(story)}",
        html=" amp",
    )


def live_blog(story: Story) -> str:
    """An article whose entries are `article` elements."""
    entries = "".join(
        f'<article class="entry" id="e{at}"><header class="row"><time>1{at % 10}:05</time><span>Live</span></header>'
        f"<h2>{story.sentence()}</h2><p>{dress(text, story.random)}</p></article>"
        for at, text in enumerate(story.paragraphs)
    )
    return _page(
        story,
        f'{menus(story)}<main><article class="live"><h1>{story.title}</h1><p class="lead">{story.paragraphs[0]}</p>{entries}</article>'
        f"</main>{teasers(story)}{footer(story)}",
    )


def title_in_body(story: Story) -> str:
    """Markup before the head, so that parsers put the rest of the head into the body."""
    return (
        f'<html lang="{story.lang}"><div class="pixel"></div>{head(story)}<body><noscript><iframe src="x"></iframe></noscript>'
        f'{menus(story)}<div class="article" itemprop="articleBody"><h1>{story.title}</h1>{_body(story)}</div>{comments(story)}{footer(story)}'
    )


def sections(story: Story) -> str:
    """The headline stands outside of the article, and the article is cut into sections."""
    half = len(story.paragraphs) // 2
    first = "".join(f"<p>{dress(text, story.random)}</p>" for text in story.paragraphs[:half])
    second = "".join(f"<p>{dress(text, story.random)}</p>" for text in story.paragraphs[half:])
    return _page(
        story,
        f'{menus(story)}<div class="hero"><h1>{story.title}</h1><p class="dek">{story.sentence()}</p></div><main><div class="row">'
        f"<article><section>{first}</section>{''.join(some_blocks(story))}<section>{second}</section></article>"
        f"<aside>{teasers(story, 'article')}</aside></div></main>{comments(story)}{footer(story)}",
    )


SKINS: tuple[Skin, ...] = (
    wordpress, teasers_first, components, divs, tables, amp, live_blog, title_in_body, sections,
)  # fmt: skip
