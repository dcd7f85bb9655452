import tracemalloc

from moderation.services.triage.vocabularies import vocabulary_of


def test_the_words_of_a_text_are_kept_without_the_text():
    assert vocabulary_of("кот и пёс")["кот"] == 1
    tracemalloc.start()
    for number in range(5):
        vocabulary_of("слово " * 50_000 + str(number))
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 300_000
