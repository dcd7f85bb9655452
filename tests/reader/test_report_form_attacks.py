"""Programs and foreign pages at the report form."""

from dataclasses import replace

import pytest

from moderation import create_app
from moderation.domain.sites.settings import SiteSettings
from tests.factories import SiteFactory
from tests.support.report_form import FILLED, count


class TestAttacks:
    """Each was possible in version 0.1."""

    def test_one_token_serves_one_report(self, session, send, started):
        token = started()
        assert send(started=token).status_code == 200
        again = send(started=token)
        assert (again.status_code, "Форма уже отправлена" in again.text) == (422, True)
        assert count(session) == 1

    def test_another_spelling_of_a_used_token_is_used_too(self, session, send, started):
        token = started()
        send(started=token)
        for last in "AQgwBRhxCSiy":
            assert send(started=token[:-1] + last).status_code == 422
        assert count(session) == 1

    def test_a_token_serves_the_reader_who_opened_the_form(self, session, send, started):
        assert send(started=started(address="192.0.2.7")).status_code == 422
        assert count(session) == 0

    def test_a_token_serves_the_site_whose_form_it_was(self, session, send, started):
        assert send(started=started(site=SiteFactory())).status_code == 422
        assert count(session) == 0

    @pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost.evil.example"])
    def test_another_sites_page_cannot_report_in_its_visitors_name(
        self, session, client, site, started, origin
    ):
        form = FILLED | {"started": started()}
        answer = client.post(f"/report?site={site.site_key}", data=form, headers={"Origin": origin})
        assert answer.status_code == 403
        assert count(session) == 0

    def test_the_forms_own_page_may_send_it(self, client, site, started):
        form = FILLED | {"started": started()}
        answer = client.post(
            f"/report?site={site.site_key}", data=form, headers={"Origin": "http://localhost"}
        )
        assert answer.status_code == 200

    def test_a_json_body_is_no_form(self, client, site, started):
        answer = client.post(f"/report?site={site.site_key}", json=FILLED | {"started": started()})
        assert answer.status_code == 415

    def test_instead_of_a_proof_of_work_the_form_costs_waiting(self, session, site, send, started):
        site.settings = SiteSettings(proof_of_work=True)
        session.commit()
        assert send(started=started(5)).status_code == 422
        assert [send(started=started(11)).status_code for _ in range(5)] == [200] * 4 + [429]
        assert count(session) == 4

    def test_a_program_with_many_addresses_does_not_pass_by_the_form_where_the_api_asks_for_work(
        self, session, client, site, started
    ):
        site.settings = SiteSettings(proof_of_work=True)
        session.commit()

        def send(number):
            address = f"198.51.{number}.7"
            return client.post(
                f"/report?site={site.site_key}",
                data=FILLED | {"started": started(11, address=address)},
                environ_overrides={"REMOTE_ADDR": address},
            ).status_code

        assert [send(number) for number in range(62)] == [200] * 60 + [429] * 2
        assert count(session) == 60

    def test_a_limit_of_a_site_cannot_be_used_up_or_passed_by_a_header(
        self, settings, session, redis, site, started
    ):
        client = create_app(replace(settings, site_limit="2 per minute")).test_client()

        def send(key, **headers):
            return client.post(
                f"/report?site={key}", data=FILLED | {"started": started()}, headers=headers
            ).status_code

        for _ in range(3):
            assert send("pk_none", **{"X-Site-Key": site.site_key}) == 404
        sent = [send(site.site_key, **{"X-Site-Key": f"junk{number}"}) for number in range(3)]
        assert sent == [200, 200, 429]
