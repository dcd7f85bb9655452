"""The article of a generated page, and the sentences around it."""

import re
from dataclasses import dataclass
from random import Random

from tests.support.articles import read_articles

_SENTENCE = re.compile(r"[^.!?]+[.!?]+[»”\"]?\s*")


@dataclass(frozen=True, slots=True)
class Story:
    """An article. `others` are the headlines and first paragraphs of other articles."""

    random: Random
    lang: str
    title: str
    paragraphs: list[str]
    others: list[tuple[str, str]]

    def sentence(self) -> str:
        """Return a sentence of the article, which the page repeats elsewhere."""
        sentences: list[str] = [
            found.strip() for found in _SENTENCE.findall(self.random.choice(self.paragraphs))
        ]
        return self.random.choice(sentences or self.paragraphs)

    def chance(self, share: float) -> bool:
        """Return True in this share of the cases."""
        return self.random.random() < share


def tell(random: Random) -> Story:
    """Choose an article."""
    lang = random.choice(("ru", "en"))
    articles = read_articles(lang)
    names = sorted(articles)
    random.shuffle(names)
    texts = [articles[name].split("\n") for name in names]
    title, *paragraphs = (line for line in texts[0] if line)
    others = [(lines[0], next(line for line in lines[1:] if line)) for lines in texts[1:]]
    return Story(random, lang, title, paragraphs, others)
