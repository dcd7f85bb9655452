"""Any Unicode in every text field: no 5xx, and accepted reports are placed. `make fuzz` runs it longer."""

import itertools
import json
import os
import time
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from sqlalchemy import text

from moderation.services.outbox.jobs import make_relay
from tests.contract.roles import SITE_KEY, headers_by_role

REFUSED = ("\x00", "\ud800", "\udfff")
NASTY = (
    "\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\u00ad", "\U0001f600", "e\u0301", "\u00e9", "й",
    "\u0438\u0306", "\uffff", "\U0010ffff", "\r\n", "\t", "=1+1", "<b>", "'--", "{{1}}", "%s", "слово ", "a ",
)  # fmt: skip
STORABLE = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
CLEAN = st.lists(st.sampled_from(NASTY) | st.text(STORABLE, max_size=5), max_size=12).map("".join)
ANY = st.lists(st.sampled_from(NASTY + REFUSED) | st.text(st.characters(), max_size=5), max_size=12).map(
    "".join
)


def fields(**strategies):
    """Return a dict without the fields that are None."""
    return st.fixed_dictionaries(strategies).map(
        lambda made: {name: value for name, value in made.items() if value is not None}
    )


def reports(some_text, lang):
    """Return reports with such texts."""
    maybe = st.none() | some_text
    quote = fields(exact=some_text.map(lambda made: made or "x"), prefix=maybe, suffix=maybe)
    url = some_text.map(lambda made: f"https://news.example/{made}"[:2000])
    return fields(url=url, quote=quote, correction=maybe, comment=maybe, title=maybe, lang=lang)


REPORT = reports(CLEAN, st.none() | st.just("ru")) | reports(ANY, st.none() | ANY)
DECISION = fields(
    action=st.sampled_from(("accept", "reject", "spam", "fix", "reopen")), correction=st.none() | ANY,
    note=st.none() | ANY, reason=st.none() | ANY, version=st.integers(1, 3),
)  # fmt: skip
EXAMPLES = 15


def encode(body):
    """Encode as JSON with escapes: a lone surrogate cannot be sent in another way."""
    return json.dumps(body).encode()


@pytest.mark.slow
def test_any_text_gets_a_clean_answer_and_accepted_reports_are_placed(client, session, sessions):
    headers = headers_by_role(session)["editor"]
    case_id = session.execute(text('SELECT id FROM "case"')).scalar_one()
    accepted = set()

    def post(path, body):
        response = client.post(
            f"/api/v1/{path}", data=encode(body), headers=headers, content_type="application/json"
        )
        assert response.status_code < 500, (path, body, response.text)
        return response

    def form_fields(made):
        return {
            name: value.encode("utf-8", "surrogatepass")
            for name, value in made.items()
            if isinstance(value, str)
        }

    def sends(report, decision, query):
        response = post("reports", report)
        if response.status_code == 202:
            accepted.add(response.get_json()["id"])
        post(f"cases/{case_id}/decisions", decision)
        post("pages/recheck", {"url": report["url"]})
        search = {"q": query.encode("utf-8", "surrogatepass")}
        assert client.get("/api/v1/cases", query_string=search, headers=headers).status_code < 500
        form = form_fields({**report["quote"], **report})
        assert client.post(f"/report?site={SITE_KEY}", data=form).status_code < 500

    for number, examples in rounds():
        run(sends, number, examples)
        make_relay(sessions, lambda: datetime.now(UTC)).drain()
    with sessions() as opened:
        placed = {str(row[0]) for row in opened.execute(text("SELECT report_id FROM placement"))}
    print(f"{len(accepted)} reports accepted", flush=True)
    assert accepted and accepted <= placed


def rounds():
    """Yield seeds and numbers of examples until the time is over."""
    seconds, first = float(os.environ.get("FUZZ_SECONDS", "0")), int(os.environ.get("FUZZ_SEED", "1"))
    end = time.monotonic() + seconds
    for number in itertools.count(first):
        yield number, 200 if seconds else EXAMPLES
        if time.monotonic() >= end:
            return


def run(sends, number, examples):
    """Send generated texts."""

    @seed(number)
    @settings(
        max_examples=examples, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(REPORT, DECISION, ANY)
    def check(report, decision, query):
        sends(report, decision, query)

    check()
