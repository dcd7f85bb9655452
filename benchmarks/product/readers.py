"""The selections of five readers of one mistake. None of them sends a correction."""

from benchmarks.product.pages import Mistake
from moderation.domain.text.whole_words import whole_words


def selections(text: str, mistake: Mistake) -> list[tuple[int, int]]:
    """Return the spans: the changed letters, the fragment, its words, some words around, the sentence."""
    start, end = mistake.start, mistake.end
    word = whole_words(text, start, end)
    wider = whole_words(text, max(0, word[0] - 12), min(len(text), word[1] + 12))
    left = max(text.rfind(". ", 0, word[0]) + 2, word[0] - 300, 0)
    stop = text.find(". ", word[1])
    right = min(len(text) if stop < 0 else stop + 1, word[1] + 300)
    return [_changed(text, mistake), (start, end), word, wider, (min(left, start), max(right, end))]


def _changed(text: str, mistake: Mistake) -> tuple[int, int]:
    """Return the letters that the fix changes, at least one that is no space."""
    wrong, right = text[mistake.start : mistake.end], mistake.right
    shortest = min(len(wrong), len(right))
    head = next((at for at in range(shortest) if wrong[at] != right[at]), shortest)
    tail = next((at for at in range(shortest - head) if wrong[-1 - at] != right[-1 - at]), shortest - head)
    start, end = mistake.start + head, mistake.end - tail
    if not text[start:end].strip():
        start = max(0, min(start, len(text) - 1))
        start -= bool(text[start].isspace() and start)
        end = start + 1
    return start, end
