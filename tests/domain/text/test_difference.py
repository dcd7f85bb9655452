from hypothesis import given
from hypothesis import strategies as st

from moderation.domain.text.difference import difference


def test_letter_by_letter():
    shown = [(piece.kind, piece.text) for piece in difference("расказал", "рассказал")]
    assert shown == [("same", "рас"), ("come", "с"), ("same", "казал")]


def test_what_goes_comes_before_what_replaces_it():
    shown = [(piece.kind, piece.text) for piece in difference("перижила!", "пережила")]
    assert shown == [
        ("same", "пер"), ("gone", "и"), ("come", "е"), ("same", "жила"), ("gone", "!"),
    ]  # fmt: skip


def test_texts_with_little_in_common_are_not_mixed_letter_by_letter():
    shown = [
        (piece.kind, piece.text) for piece in difference("showers", "Cheap watches: https://watches.example")
    ]
    assert shown == [("gone", "showers"), ("come", "Cheap watches: https://watches.example")]


@given(st.text(max_size=40), st.text(max_size=40))
def test_both_texts_can_be_read_from_it(old, new):
    pieces = difference(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "come") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == new
