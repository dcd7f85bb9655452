"""What the queue asks every three seconds."""

from datetime import UTC, datetime, timedelta

import pytest

from moderation.services.cases.presence import Presence
from tests.factories import (
    CaseFactory,
    EditorFactory,
)
from tests.support.desk import post


class TestLive:
    def ask(self, client, query="", **form):
        form = {"since": (datetime.now(UTC) - timedelta(seconds=1)).isoformat()} | form
        return post(client, f"/desk/queue/live?{query}", **form)

    def test_what_matches_now_and_what_does_not_any_more(self, desk, site):
        case, gone = CaseFactory(site=site), CaseFactory(site=site, status="spam")
        news = self.ask(desk, shown=f"{case.id} {gone.id}").get_json()
        [row] = news["rows"]
        assert (row["id"], row["version"]) == (str(case.id), 1) and f'id="case-{case.id}"' in row["html"]
        assert news["gone"] == {str(gone.id): "Spam by Corrigenda"}
        assert news["counts"] == {"open": "1", "accepted": "0", "rejected": "0", "spam": "1", "fixed": "0"}

    def test_only_what_changed_since(self, session, desk, site, case):
        case.changed_at = datetime.now(UTC) - timedelta(hours=1)
        session.commit()
        assert self.ask(desk).get_json()["rows"] == []

    def test_who_looks_at_what(self, desk, redis, editor, case):
        anna = EditorFactory(is_owner=True, name="Анна")
        Presence(redis).enter(anna, case.id)
        assert self.ask(desk, shown=str(case.id)).get_json()["claims"] == {str(case.id): "Анна"}
        Presence(redis).leave(anna, case.id)
        self.ask(desk, at=str(case.id))
        assert Presence(redis).of_others(anna, [case.id]) == {case.id: editor.email}
        self.ask(desk, left=str(case.id))
        assert Presence(redis).of_others(anna, [case.id]) == {}

    def test_a_foreign_case_is_looked_at_by_nobody(self, desk, redis):
        foreign, anna = CaseFactory(), EditorFactory(is_owner=True)
        self.ask(desk, at=str(foreign.id))
        assert Presence(redis).of_others(anna, [foreign.id]) == {}
        Presence(redis).enter(anna, foreign.id)
        assert self.ask(desk, shown=str(foreign.id)).get_json()["claims"] == {}

    @pytest.mark.parametrize(
        "since", ["0001-01-01T00:00:00+00:00", "0001-01-01T00:00:00+14:00", "2026-01-01"]
    )
    def test_a_time_that_nothing_is_before_is_refused(self, desk, since):
        assert self.ask(desk, since=since).status_code == 422

    @pytest.mark.parametrize(
        "form", [{"since": "now"}, {"since": "2026-01-01T00:00:00"}, {"at": "x"}, {"shown": "x"}]
    )
    def test_a_question_that_is_none(self, desk, form):
        assert self.ask(desk, **form).status_code == 422
