"""Looking names up: a domain whose name servers do not answer costs a few threads."""

from threading import Event

import httpcore
import pytest

from moderation.services.pages.network import Deadline, Lookups


@pytest.fixture
def silent():
    """Its names are not answered before the end of the test."""
    ended = Event()
    yield ended
    ended.set()


def test_a_domain_that_does_not_answer_leaves_the_names_of_others_alone(silent):
    def look_up(host, port, type):
        if host.endswith(".silent.example"):
            silent.wait(30)
        return [(None, type, 0, "", ("192.0.2.1", port))]

    lookups = Lookups(look_up)
    for number in range(100):
        with pytest.raises(httpcore.ReadTimeout):
            lookups.addresses(f"a{number}.silent.example", 443, Deadline(0.01))
    assert lookups.addresses("www.news.example", 443, Deadline(10)) == ["192.0.2.1"]


def test_a_domain_is_asked_again_when_its_names_were_answered(silent):
    def look_up(_host, port, type):
        silent.wait(30)
        return [(None, type, 0, "", ("192.0.2.1", port))]

    lookups = Lookups(look_up, of_a_domain=1)
    with pytest.raises(httpcore.ReadTimeout):
        lookups.addresses("a.news.example", 443, Deadline(0.01))
    silent.set()
    assert lookups.addresses("b.news.example", 443, Deadline(10)) == ["192.0.2.1"]
