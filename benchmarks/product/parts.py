"""What the parts do by themselves with the same mistakes, without API, database and worker."""

from benchmarks.product.pages import MistakenPage
from moderation.domain.anchoring.beside import edited_neighbours
from moderation.domain.anchoring.find import PageText
from moderation.domain.anchoring.mending import outcome_on_page
from moderation.domain.sites.settings import SiteSettings
from moderation.domain.spelling.suggest import Speller
from moderation.domain.spelling.vocabulary import Vocabulary
from moderation.domain.text.passage import cut, read
from moderation.services.triage.dictionaries import lexicon


def sure_suggestions(page: MistakenPage) -> list[bool | None]:
    """Return for each mistake whether the sure suggestion is right; None if there is none."""
    speller, vocabulary = Speller(lexicon), Vocabulary(page.text)
    right: list[bool | None] = []
    for mistake in page.mistakes:
        passage = read(cut(page.text, mistake.start, mistake.end), None)
        start = mistake.start + passage.shift
        guesses = speller.suggest(passage.quote, vocabulary)
        if not guesses or guesses[0].confidence < SiteSettings().suggestion_threshold:
            right.append(None)
            continue
        end = start + len(passage.quote.exact)
        right.append(
            page.text[:start] + guesses[0].word + page.text[end:]
            == page.text[: mistake.start] + mistake.right + page.text[mistake.end :]
        )
    return right


def seen_mended(page: MistakenPage, mended_text: str) -> list[bool]:
    """Return for each mistake whether the mended page shows that it is fixed."""
    mended, seen = PageText(mended_text), []
    for mistake in page.mistakes:
        passage = read(cut(page.text, mistake.start, mistake.end), None)
        outcome = outcome_on_page(mended, passage.quote, mistake.start + passage.shift, [])
        if outcome.outcome != "still_there" or outcome.start is None or outcome.end is None:
            seen.append(True)
        else:
            beside = edited_neighbours(mended.text, outcome.start, outcome.end, passage.quote)
            seen.append(beside is not None)
    return seen
