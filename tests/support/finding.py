"""An article, quotes of it, and what is found for them on a page."""

from moderation.domain.anchoring.find import PageText
from moderation.domain.text.normalise import Quote, normalise

TEXT = normalise(
    "О новых сроках расказал на встрече с жителями главный архитектор города Пётр Савин. По его словам, "
    "подрядчик уже уложил брусчатку на двух из четырёх участков и приступил к установке фонарей. "
    "Напомним, что набережную закрыли после весеннего паводка, когда вода подмыла опорную стену. "
    "Сначала власти собирались вернуть всё как было, но после опроса проект пересмотрели."
)


def quote(exact, text=TEXT, around=64, nth=0):
    """Return the quote of a passage of the text, or of its later occurrence."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(exact, at + 1)
    return Quote(exact, text[max(0, at - around) : at], text[at + len(exact) : at + len(exact) + around])


def found(text, wanted, position=None):
    """Return the text that is found on a page, None if nothing is."""
    place = PageText(text).find(wanted, position)
    return None if place is None else text[place.start : place.end]


def found_at(text, wanted, position=None):
    """Return the start of what is found on a page."""
    return PageText(text).find(wanted, position).start
