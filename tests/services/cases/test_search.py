"""Search takes whatever an editor types."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from moderation.models import Case
from moderation.services.cases.search import mentions
from tests.factories import CaseFactory

_TYPED = st.text(st.sampled_from("-\"' or()&|!:*<>\\аб1_.,"), max_size=200)


@pytest.fixture
def finds(session):
    def find(query):
        return session.scalars(select(Case.id).where(mentions(query))).all()

    return find


@given(_TYPED)
@example("-" * 200)
@example("- " * 100)
@example('-"' * 100)
@example('-"" ' * 50)
@example("-- -a" * 40)
@example("-or " * 50)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_query_is_an_error(finds, query):
    finds(query)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("расказал", True), ("расказ", True), ("сроках -расказал", False), ("сроках -встретил", True),
        ('"новых сроках"', True), ('-"новых сроках"', False), ("встретил or расказал", True),
        ("--расказал", False), ("кто-то", True), ("-", False),
    ],
)  # fmt: skip
def test_words_phrases_and_exclusions(finds, query, found):
    case = CaseFactory(search_text="О новых сроках расказал кто-то на встрече")
    assert finds(query) == ([case.id] if found else [])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("there", True), ("There", True), (" there ", True), ("her", False), ("не", True), ("Он не", True),
        ("то", False), ("the there", False), ("there -ice", False), ("t(here", False),
    ],
)  # fmt: skip
def test_a_query_of_nothing_but_stop_words_is_found_as_it_is_written(finds, query, found):
    case = CaseFactory(search_text="It was there, where the ice had been. Он не пришёл")
    assert finds(query) == ([case.id] if found else [])
