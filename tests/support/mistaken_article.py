"""Articles with planted mistakes, and selections of readers in them, all from one seed."""

import random
from dataclasses import dataclass, field

from moderation.domain.text.normalise import Quote
from moderation.domain.text.passage import read

_RUSSIAN = (
    "вечером мэрия школа мост набережная архитектор участок фонарь дерево трамвай бюджет совет "
    "депутат жители улица площадь подрядчик работы дорога парк музей театр вокзал аптека больница "
    "рынок завод склад берег река остров лодка причал праздник ярмарка концерт выставка библиотека "
    "читатель журнал газета номер редактор вопрос ответ решение закон проект отчёт сумма рубль месяц "
    "неделя осень зима весна лето погода "
).split()
_ENGLISH = (
    "mayor school bridge quay street lamp tree tram budget council member resident square builder road park "
    "museum theatre station chemist market factory store river bank island boat pier feast fair concert show "
    "library reader journal paper number editor question answer law project report sum month week autumn 🚋 "
    "naïve café £5m 👩‍👩‍👧 well-known o’clock 12:30 e-mail "
).split()
_GERMAN = (
    "Bürgermeister Schule Brücke Straße Bäume Straßenbahn Haushalt Gemeinderäte Anwohner Plätze Bauträger "
    "Äpfel Übung Öffnung Museum Bücherei Gästehäuser Flüsse Inseln Fähre Märkte Jahrmärkte Konzert Woche "
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsversammlungssaal "
    "Maßnahmen Größe Wärme Frühling Sommer Herbst Winter Zeitung Leserin Antwort Gesetz Bericht Monat "
).split()
LANGUAGES = {
    "ru": (_RUSSIAN, "аши{}пка", "оши{}бка"),
    "en": (_ENGLISH, "recie{}ve", "recei{}ve"),
    "de": (_GERMAN, "Übehr{}gang", "Über{}gang"),
}
"""By language: its words, and a wrong word with its correction."""
KINDS = ("inside", "word", "neighbours", "sentence", "two sentences", "article")
MOST_SELECTED = 900


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong word. `key` identifies it on every edition of the page."""

    key: int
    wrong: str
    right: str


@dataclass(slots=True)
class Article:
    """Paragraphs of sentences of words; a word is a string or a Mistake."""

    paragraphs: list[list[list[str | Mistake]]]
    order: list[int] = field(default_factory=list)
    """Which paragraphs the page shows, in which order. One can be shown twice."""
    mended: set[int] = field(default_factory=set)

    def keys_of(self, number: int) -> set[int]:
        """Return the keys of the mistakes in a paragraph, mended or not."""
        sentences = self.paragraphs[number]
        return {word.key for words in sentences for word in words if isinstance(word, Mistake)}

    def edition(self) -> "Edition":
        """Return the current edition of the page."""
        edition = Edition()
        for number in self.order:
            before = len(edition.text)
            for sentence in self.paragraphs[number]:
                edition.add(sentence, self.mended)
            edition.paragraphs.append((before + 1 if before else 0, len(edition.text)))
        return edition


@dataclass(slots=True)
class Edition:
    """The text of a page at one moment, with the spans of its mistakes and sentences."""

    text: str = ""
    mistakes: list[tuple[int, int, Mistake]] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)
    paragraphs: list[tuple[int, int]] = field(default_factory=list)

    def add(self, sentence: list[str | Mistake], mended: set[int]) -> None:
        """Append a sentence."""
        self.text += " " if self.text else ""
        start = len(self.text)
        for number, word in enumerate(sentence):
            self.text += " " if number else ""
            if isinstance(word, str):
                self.text += word
            elif word.key in mended:
                self.text += word.right
            else:
                self.mistakes.append((len(self.text), len(self.text) + len(word.wrong), word))
                self.text += word.wrong
        self.text += "."
        self.sentences.append((start, len(self.text)))

    def html(self) -> str:
        """Return the page as HTML."""
        return f"<html><body><nav>Меню</nav><article><p>{self.text}</p></article></body></html>"

    def select(self, at: int, kind: str) -> tuple[int, int]:
        """Return start and end of a reader's selection for mistake number `at`."""
        start, end, _ = self.mistakes[at]
        own = next(n for n, (left, right) in enumerate(self.sentences) if left <= start < right)
        if kind == "inside":
            return start + 1, start + 3
        if kind == "neighbours":
            left, right = self.sentences[own]
            before = self.text.rfind(" ", left, max(left, start - 1))
            after = self.text.find(" ", end + 1, right)
            return (left if before < 0 else before + 1), (right - 1 if after < 0 else after)
        if kind == "sentence":
            return self.sentences[own]
        if kind == "two sentences":
            left = self.sentences[own][0]
            return left, min(left + MOST_SELECTED, self.sentences[min(own + 1, len(self.sentences) - 1)][1])
        if kind == "article":
            left = max(0, end - MOST_SELECTED)
            return left, min(len(self.text), left + MOST_SELECTED)
        return start, end

    def corrected(self, start: int, end: int, at: int | None) -> str:
        """Return the selected text with mistake number `at` corrected, or all of them (None)."""
        text, done = "", start
        for number, (left, right, mistake) in enumerate(self.mistakes):
            if start <= left and right <= end and at in (None, number):
                text, done = text + self.text[done:left] + mistake.right, right
        return text + self.text[done:end]

    def shown_mistake(self, quote: Quote, start: int, correction: str | None) -> int | None:
        """Return the key of the only mistake in a report; None for a wider report."""
        passage = read(quote, correction)
        left = start + passage.shift
        right = left + len(passage.quote.exact)
        for mistake_start, mistake_end, mistake in self.mistakes:
            if (mistake_start, mistake_end) == (left, right):
                return mistake.key
        return None


def make_article(
    seed: int, *, paragraphs: int = 2, sentences: int = 2, language: str = "ru", first_key: int = 0
) -> Article:
    """Make sentences of 8 to 12 words, each with one to three mistakes that are not beside each other."""
    picked = random.Random(seed)
    keys = iter(range(first_key, first_key + 10_000))
    known, wrong, right = LANGUAGES[language]

    def sentence() -> list[str | Mistake]:
        words: list[str | Mistake] = list(picked.sample(known, picked.randint(8, 12)))
        for at in picked.sample(range(0, len(words), 2), picked.randint(1, 3)):
            key = next(keys)
            words[at] = Mistake(key, wrong.format(key), right.format(key))
        return words

    made = [[sentence() for _ in range(sentences)] for _ in range(paragraphs)]
    return Article(made, list(range(paragraphs)))
