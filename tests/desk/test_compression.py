"""Pages that an editor reads all day are short on the wire."""

import gzip

import pytest

from tests.factories import CaseFactory


@pytest.fixture
def ask(desk):
    def run(path, encoding="gzip"):
        return desk.get(path, headers={"Accept-Encoding": encoding})

    return run


def test_the_queue_is_a_fifth_of_its_length(ask, site):
    CaseFactory.create_batch(20, site=site)
    plain, short = ask("/desk/queue", "identity"), ask("/desk/queue")
    assert "Content-Encoding" not in plain.headers
    assert short.headers["Content-Encoding"] == "gzip" and "Accept-Encoding" in short.headers["Vary"]
    assert len(short.data) < len(plain.data) / 5
    assert b"</html>" in gzip.decompress(short.data)


def test_browsers_choose_among_three(ask):
    for encoding in ("zstd", "br"):
        assert ask("/desk/queue", encoding).headers["Content-Encoding"] == encoding


@pytest.mark.parametrize("path", ["/desk/account", "/desk/sites", "/desk/sign-in"])
def test_pages_that_can_show_secrets_keep_their_length(ask, path):
    assert "Content-Encoding" not in ask(path).headers


def test_an_export_is_sent_as_it_is_made(ask):
    assert "Content-Encoding" not in ask("/desk/cases.jsonl").headers
