"""Invitations by mail."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from moderation.models import OutboxMessage
from moderation.services.sites import members
from tests.factories import EditorFactory


class TestInvitations:
    def test_a_site_invites_30_people_per_day(self, session, site):
        admin, now = EditorFactory(role="admin", role__site=site), datetime.now(UTC)
        for number in range(30):
            members.invite(session, admin, site, f"n{number}@n.example", "viewer", lang="en", now=now)
        with pytest.raises(members.TooManyInvitations):
            members.invite(session, admin, site, "more@n.example", "viewer", lang="en", now=now)
        assert len(session.scalars(select(OutboxMessage)).all()) == 30
        later = now + timedelta(days=1, seconds=1)
        members.invite(session, admin, site, "more@n.example", "viewer", lang="en", now=later)
