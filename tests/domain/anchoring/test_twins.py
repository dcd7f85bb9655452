"""Passages that stand more than once on a page."""

from moderation.domain.anchoring.find import PageText
from tests.support.finding import quote


class TestTwins:
    """The same sentence stands in the article and outside of it."""

    SENTENCE = "Набережную откроют в субботу для пешеходов и велосипедистов, обещает подрядчик."
    TEXT = f"{SENTENCE} Остальное закончат осенью. Читайте также {SENTENCE} Погода на выходные."
    END = TEXT.index("Читайте") - 1

    def test_the_article_comes_first(self):
        wanted = quote("пешеходов", self.SENTENCE)
        assert PageText(self.TEXT, self.END).find(wanted, None).start == self.TEXT.index("пешеходов")

    def test_a_position_outside_of_the_article_decides(self):
        outside = self.TEXT.rindex("пешеходов")
        wanted = quote("пешеходов", self.SENTENCE)
        assert PageText(self.TEXT, self.END).find(wanted, outside - 5).start == outside
