"""The demo and the owner's account of a new instance."""

from moderation.services.accounts.editors import (
    sign_in,
)
from moderation.services.instance.demo import seed_demo, seed_owner
from moderation.services.sites.directory import find_site


class TestDemo:
    def test_the_demo_and_the_owner_are_made_once(self, session):
        seed_demo(session, "http://127.0.0.1:8000")
        owner = seed_owner(session)
        assert sign_in(session, owner.email, owner.password).is_owner
        seed_demo(session, "http://127.0.0.1:9000")
        assert seed_owner(session) is None
        assert find_site(session, "Corrigenda demo").origins == [
            "http://127.0.0.1:8000",
            "http://127.0.0.1:9000",
        ]
