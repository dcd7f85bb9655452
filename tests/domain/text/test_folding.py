from hypothesis import given
from hypothesis import strategies as st

from moderation.domain.text.folding import folded
from moderation.domain.text.normalise import normalise

TEXTS = st.text(st.sampled_from("абвЁё «»—-ﬁﬃ…aBcI\u0307№"), max_size=40)


@given(st.text(max_size=60))
def test_normalising_twice_is_once(text):
    assert normalise(normalise(text)) == normalise(text)


@given(TEXTS)
def test_folding_twice_is_once(text):
    once = folded(text).text
    assert folded(once).text == once


@given(TEXTS, st.data())
def test_spans_map_back_exactly(text, data):
    """A folded span's original, folded, holds it; and whole characters map to themselves."""
    done = folded(text)
    if not done.text:
        return
    start = data.draw(st.integers(0, len(done.text) - 1))
    end = data.draw(st.integers(start + 1, len(done.text)))
    left, right = done.original(start), done.original_end(end)
    assert done.text[start:end] in folded(text[left:right]).text
    assert len(folded(text[:left]).text) <= start
    assert len(folded(text[:right]).text) >= end
