import base64
import json

import pytest

from moderation.domain.sites.settings import SiteSettings
from tests.factories import CaseFactory, PageFactory
from tests.support.problems import assert_problem
from tests.support.proofs import solved


@pytest.fixture
def settings_of(session, site, app):
    def change(**settings):
        site.settings = SiteSettings(**settings)
        session.commit()
        app.extensions["corrigenda"].sites.forget()

    return change


@pytest.fixture
def ask(client, site):
    def get(url="https://news.example/a", key=None):
        return client.get("/api/v1/widget", query_string={"site": key or site.site_key, "url": url})

    return get


class TestWidget:
    def test_what_it_says_by_itself(self, ask):
        answer = ask()
        assert answer.get_json() == {
            "ground_rules": "",
            "proof_of_work": False,
            "article_root": "",
            "known": None,
        }
        assert answer.headers["Cache-Control"] == "public, max-age=60"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Cookie" not in answer.headers.get("Vary", "")

    def test_the_sites_choices(self, ask, settings_of):
        settings_of(ground_rules="Пишем «ё»", proof_of_work=True, article_root=".story")
        assert ask().get_json() == {
            "ground_rules": "Пишем «ё»",
            "proof_of_work": True,
            "article_root": ".story",
            "known": None,
        }

    def test_known_passages_are_the_pages_own_and_nothing_of_readers(self, ask, settings_of, site, session):
        settings_of(known_passages=True)
        page = PageFactory(site=site, url="https://news.example/a")
        for status, state in (
            ("open", "found"),
            ("accepted", "found"),
            ("open", "unchecked"),
            ("rejected", "found"),
        ):
            CaseFactory(site=site, page=page, status=status, state=state, exact=f"{status}-{state}")
        CaseFactory(site=site, state="found", exact="another page")
        known = ask("https://news.example/a?utm_source=x").get_json()["known"]
        assert [quote["exact"] for quote in known] == ["accepted-found", "open-found"]
        assert set(known[0]) == {"exact", "prefix", "suffix"}

    def test_a_wrong_key_page_or_query_is_refused(self, ask, client):
        assert_problem(ask(key="pk_unknown"), 401)
        assert_problem(ask("https://evil.example/"), 403)
        assert_problem(ask("nonsense"), 422, pointer="/url")
        assert_problem(client.get("/api/v1/widget"), 422)


class TestProofOfWork:
    @pytest.fixture
    def challenge(self, client, site, settings_of):
        settings_of(proof_of_work=True)
        return client.get(f"/api/v1/challenge?site={site.site_key}").get_json()

    def test_a_solved_challenge_lets_one_report_in(self, send, challenge):
        proof = solved(challenge)
        assert send({"X-Proof": proof}).status_code == 202
        again = send({"X-Proof": proof})
        assert_problem_type(again, "used before")

    def test_another_spelling_of_a_used_proof_is_used_too(self, send, challenge):
        proof = solved(challenge)
        assert send({"X-Proof": proof}).status_code == 202
        fields = json.loads(base64.b64decode(proof))
        spellings = [
            base64.b64encode(json.dumps(fields, indent=1).encode()).decode(),
            base64.b64encode(json.dumps({**fields, "more": 1}).encode()).decode(),
            base64.b64encode(json.dumps(dict(reversed(fields.items()))).encode()).decode(),
            proof.rstrip("=") + "====",
            proof[:8] + "%%" + proof[8:],
        ]
        assert [send({"X-Proof": spelling}).status_code for spelling in spellings] == [403] * 5

    @pytest.mark.parametrize(
        ("proof", "words"), [("", "missing"), ("nonsense", "not solved"), ("e30=", "not solved")]
    )
    def test_a_report_without_a_valid_proof_is_refused(self, send, challenge, proof, words):
        assert_problem_type(send({"X-Proof": proof} if proof else {}), words)

    def test_a_challenge_that_is_not_ours(self, send, challenge):
        challenge["signature"] = "0" * 64
        assert_problem_type(send({"X-Proof": solved(challenge)}), "not solved")

    def test_a_proof_of_an_old_challenge_is_refused(self, send, challenge):
        challenge["parameters"]["expiresAt"] = 1
        assert_problem_type(send({"X-Proof": solved(challenge)}), "too old")

    def test_sites_that_ask_for_none_take_none(self, send):
        assert send({"X-Proof": "whatever"}).status_code == 202


def assert_problem_type(response, words):
    assert response.status_code == 403
    assert response.get_json()["type"] == "/api/v1/problems/proof-of-work"
    assert words in response.get_json()["detail"]
