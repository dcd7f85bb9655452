"""Cases that the caller may not see."""

import pytest
from uuid_utils.compat import uuid7

from tests.factories import EditorFactory, SiteFactory
from tests.support.api import bearer
from tests.support.problems import assert_problem


class TestStrangers:
    @pytest.mark.parametrize("path", ["", "/reports", "/decisions"])
    def test_foreign_and_unknown_look_alike(self, client, session, case, path):
        stranger = bearer(session, EditorFactory(role="admin", role__site=SiteFactory()))
        foreign = client.get(f"/api/v1/cases/{case.id}{path}", headers=stranger)
        unknown = client.get(f"/api/v1/cases/{uuid7()}{path}", headers=stranger)
        assert_problem(foreign, 404)
        assert foreign.get_json() == unknown.get_json()

    @pytest.mark.parametrize("header", [None, "Bearer", "Bearer ", "Bearer cgt_x", "Basic eDp5", "cgt_x"])
    def test_without_a_token(self, client, case, header):
        response = client.get("/api/v1/cases", headers={"Authorization": header} if header else {})
        assert_problem(response, 401, words="Bearer")
        assert response.headers["WWW-Authenticate"] == "Bearer"
