"""Passages in text that a page hides at first."""

from moderation.domain.anchoring.find import PageText
from tests.support.finding import TEXT, quote


class TestHiddenText:
    """A style sheet hides text that the server reads."""

    SHOWN = "По словам мастера, сложнее всего научить терпению, а не правильной затяжке гаек на колесе."
    READ = SHOWN.replace("терпению,", "терпению Что это значит: умение ждать,")

    def test_a_passage_around_it_is_interrupted(self):
        place = PageText(self.READ).find(quote("научить терпению, а не", self.SHOWN))
        assert place.interrupted
        assert self.READ[place.start : place.end] == "научить терпению Что это значит: умение ждать, а не"

    def test_a_passage_around_a_hidden_copy_of_the_article_is_interrupted(self):
        text = self.SHOWN.replace("терпению,", f"терпению, {TEXT} {TEXT}")
        place = PageText(text).find(quote("научить терпению, а не правильной", self.SHOWN))
        assert place.interrupted and text[place.start : place.end].endswith("а не правильной")

    def test_one_inserted_word_is_a_mended_passage(self):
        text = self.SHOWN.replace("сложнее всего", "сложнее ей всего")
        place = PageText(text).find(quote("мастера, сложнее всего научить", self.SHOWN))
        assert place.changed and not place.interrupted
