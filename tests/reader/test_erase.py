"""A reader erases a report."""

from sqlalchemy import select

from moderation.models import Tally, Withdrawal
from moderation.services.intake.receipts import receipt_token
from tests.factories import ReportFactory, TallyFactory
from tests.support.report_form import count


class TestErase:
    def test_the_reader_downloads_and_erases_it_by_the_receipt(self, session, client, site, settings):
        report = ReportFactory(site=site, correction="рассказал", comment="мой телефон 123", title="О сроках")
        kept = report.reader_hash.hex()
        TallyFactory(site=site, figure="reader", day=report.created_at.date(), key=kept)
        path = "/r/" + receipt_token(settings.secret_keys, report.id)
        file = client.get(path + "/data")
        assert file.headers["Content-Disposition"].startswith("attachment")
        assert file.get_json()["report"]["comment"] == "мой телефон 123"
        assert file.get_json()["report"]["reader_hash"] == kept
        assert client.post(path + "/erase").location == path
        page = client.get(path).text
        assert "This report was erased." in page and "Erase report" not in page
        left = client.get(path + "/data").text
        for text in ("расказал", "рассказал", "телефон", "О сроках", "О новых", "на встрече", kept):
            assert text not in left
        assert kept not in session.scalars(select(Tally.key)).all()
        client.post(path + "/erase")
        assert count(session, Withdrawal) == 1
        answer = client.get(path.replace("/r/", "/api/v1/receipts/")).get_json()
        assert answer["status"] == "erased"

    def test_a_withdrawn_report_is_erased_over_the_api(self, session, client, settings):
        report = ReportFactory(comment="мой телефон 123")
        token = receipt_token(settings.secret_keys, report.id)
        client.post(f"/r/{token}/withdraw")
        assert client.delete(f"/api/v1/receipts/{token}").get_json()["status"] == "erased"
        session.refresh(report)
        assert report.comment is None

    def test_nobody_erases_a_report_without_its_receipt(self, session, client, settings):
        report = ReportFactory(comment="x")
        path = "/r/" + receipt_token(settings.secret_keys, report.id)
        assert client.post(path + "/erase", headers={"Origin": "https://evil.example"}).status_code == 403
        assert client.get("/r/nothing/data").status_code == 404
        assert client.post("/r/nothing/erase").status_code == 404
        assert client.delete("/api/v1/receipts/nothing").status_code == 404
        session.refresh(report)
        assert report.comment == "x"
