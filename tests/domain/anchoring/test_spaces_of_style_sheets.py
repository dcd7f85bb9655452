"""Spaces that a style sheet shows or hides."""

import pytest

from moderation.domain.anchoring.find import PageText
from moderation.domain.text.normalise import Quote
from tests.support.finding import found, quote


class TestSpacesOfStyleSheets:
    """A style sheet puts words on lines of their own, or side by side: the two texts differ in spaces."""

    SHOWN = (
        "Вчера на берегу открыли мастерскую, где учат чинить старые велосипеды. Занятия ведёт Степан Калинин."
    )
    GLUED = SHOWN.replace("открыли мастерскую", "открылимастерскую").replace(
        "Степан Калинин", "СтепанКалинин"
    )

    @pytest.mark.parametrize("exact", ["открыли", "мастерскую", "Степан", "Калинин", "на", "берегу открыли"])
    def test_a_word_at_the_seam_is_found_by_itself(self, exact):
        place = PageText(self.GLUED).find(quote(exact, self.SHOWN))
        assert self.GLUED[place.start : place.end] == exact and not place.changed

    def test_a_passage_across_the_seam_is_found(self):
        assert found(self.GLUED, quote("берегу открыли мастерскую, где", self.SHOWN)) == (
            "берегу открылимастерскую, где"
        )
        assert found(self.SHOWN, quote("открылимастерскую", self.GLUED)) == "открыли мастерскую"

    def test_a_word_is_not_found_inside_another(self):
        assert (
            PageText("Они пришли. Мы ушли.").find(Quote("ни", "Нет, мы не видели ", " разу таких птиц"))
            is None
        )

    def test_a_word_mended_at_the_seam_is_changed(self):
        mended = self.GLUED.replace("открыли", "закрыли")
        place = PageText(mended).find(quote("открыли", self.GLUED))
        assert place is None or place.changed
