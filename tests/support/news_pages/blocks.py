"""Blocks between the paragraphs of an article."""

from collections.abc import Callable

from tests.support.news_pages.story import Story

Block = Callable[[Story], str]


def _teaser_inside(story: Story) -> str:
    title, first = story.random.choice(story.others)
    return (
        f'<aside class="related"><span class="label">Related</span><a class="flexitem" href="#"><span>{title}'
        f"</span><span>{first}</span></a></aside>"
    )


def _pull_quote(story: Story) -> str:
    return f'<blockquote class="pull"><p>{story.sentence()}</p><footer><cite>The editors</cite></footer></blockquote>'


def _figure(story: Story) -> str:
    return (
        '<figure><picture><source srcset="x"><img src="data:," alt="A quay"></picture><figcaption>'
        f'<span class="caption">{story.sentence()}</span><span class="credit"><span>Photo:</span><span>Reuters</span>'
        "</span></figcaption></figure>"
    )


def _table(story: Story) -> str:
    cells = story.sentence().split()[:6]
    row = "".join(f"<td>{cell}</td>" for cell in cells)
    return f"<table><caption>{story.title}</caption><thead><tr><th>Item<th>Sum</thead><tr>{row}</tr><tr>{row}</tr></table>"


def _key_points(story: Story) -> str:
    points = "".join(f"<li>{story.sentence()}" for _ in range(3))
    return f'<div class="keypoints"><h2>Key points</h2><ul class="{story.random.choice(("", "inl"))}">{points}</ul></div>'


def _share(story: Story) -> str:
    links = "".join(
        f'<li><a href="#"><i class="icon"></i><span class="vh">Share on {name}</span></a></li>'
        for name in ("Facebook", "Telegram", "WhatsApp")
    )
    return (
        f'<div class="share"><span>Share</span><ul class="inl">{links}</ul><button>Copy link</button></div>'
    )


def _details(story: Story) -> str:
    return f"<details><summary>What happened before</summary><p>{story.sentence()}</p></details>"


def _lazy(story: Story) -> str:
    return f'<section class="cv"><h3>Background</h3><p>{story.sentence()} {story.sentence()}</p></section>'


def _widget(story: Story) -> str:
    return (
        '<stock-card><template shadowrootmode="open"><style>p{color:teal}</style><p>Price today: <slot></slot></p>'
        f"</template>{story.sentence()}</stock-card><template><p>{story.sentence()}</p></template>"
    )


def _embed(story: Story) -> str:
    return (
        '<div class="embed"><blockquote class="twitter-tweet" lang="en"><p dir="ltr">'
        f'{story.sentence()} <a href="#">pic.example/1</a></p>&mdash; City (@city) <a href="#">May 1</a></blockquote>'
        '<iframe srcdoc="<p>frame</p>"></iframe><noscript><img src="data:,"><p>Scripts are off</p></noscript></div>'
    )


def _entries(story: Story) -> str:
    """The entries of a live blog, which often begin alike."""
    return "".join(
        f'<article class="entry"><div class="row"><time>1{hour}:30</time><span>Update</span></div>'
        f"<p>{story.sentence()}</p></article>"
        for hour in range(3)
    )


def _ad(story: Story) -> str:
    return '<div class="ad" aria-hidden="true"><span>Advertisement</span><p>Buy one, get one free</p></div>'


def _print_copy(story: Story) -> str:
    return f'<div class="print">{"".join(f"<p>{text}</p>" for text in story.paragraphs[:2])}</div>'


def _paywall_copy(story: Story) -> str:
    how = story.random.choice(
        ('style="display:none"', "hidden", 'class="hide" aria-hidden="true"', 'class="ghost"')
    )
    return f"<div {how}>{''.join(f'<p>{text}</p>' for text in story.paragraphs)}</div>"


def _byline(story: Story) -> str:
    return '<div class="row"><a href="#">Anna Petrova</a><span>Reporter</span><time>12 May</time><span>3 min read</span></div>'


BLOCKS: tuple[Block, ...] = (
    _teaser_inside, _pull_quote, _figure, _table, _key_points, _share, _details, _lazy, _widget, _embed, _entries,
    _ad, _print_copy, _paywall_copy, _byline,
)  # fmt: skip


def some_blocks(story: Story) -> list[str]:
    """Return a few blocks."""
    return [block(story) for block in story.random.sample(BLOCKS, story.random.randrange(1, 6))]
