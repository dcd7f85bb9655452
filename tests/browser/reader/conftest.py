"""Pages of the gallery on a news site's own origin, and what the service stored of them."""

from collections import Counter

import psycopg
import pytest

from tests.support.gallery import served


@pytest.fixture
def visit(page, news, running):
    """Opens a page of the gallery whose script tag has these attributes."""

    def go(name="paragraphs", to=None, service=None, visitor=None, **attributes):
        to, service = to or page, service or running.url
        extra = " ".join(f'data-{key.replace("_", "-")}="{value}"' for key, value in attributes.items())
        values = {
            "widget": f"{service}/widget.js",
            "key": news.key + '" ' + extra.rstrip('"') if extra else news.key,
        }
        news.web.pages["/test.html"] = served(name, values)
        to.goto(f"{news.url}/test.html")
        return to

    return go


@pytest.fixture
def stored(running):
    """Reports of a page in the database, by passage."""

    def count(url):
        with psycopg.connect(running.database_url) as database:
            rows = database.execute("SELECT exact FROM report WHERE url = %s", [url]).fetchall()
        return Counter(row[0] for row in rows)

    return count
