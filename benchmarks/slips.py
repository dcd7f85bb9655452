"""Words that readers report: Russian words that lack a letter. No dictionary knows them."""

from random import Random

from moderation.services.triage.dictionaries import lexicon

_LENGTHS = range(5, 13)


def slips(wanted: int) -> list[str]:
    """Return different words of all first letters and lengths, in the same order in each run."""
    russian = lexicon("ru")
    buckets = [bucket for (_, length), bucket in russian.frequent.items() if length in _LENGTHS]
    found: dict[str, None] = {}
    for at in range(0, 70_000, 7):
        for bucket in buckets:
            word = bucket.word(at % len(bucket))
            slip = word[:2] + word[3:]
            if not russian.knows(slip):
                found[slip] = None
        if len(found) >= wanted:
            break
    words = list(found)[:wanted]
    Random(1).shuffle(words)
    return words
