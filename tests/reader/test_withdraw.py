"""A reader takes a report back."""

from moderation.models import Withdrawal
from moderation.services.intake.receipts import receipt_token
from tests.factories import ReportFactory
from tests.support.report_form import count


class TestWithdraw:
    def test_the_reader_takes_it_back_by_the_receipt(self, session, client, settings):
        report = ReportFactory()
        path = "/r/" + receipt_token(settings.secret_keys, report.id)
        assert "Withdraw report" in client.get(path).text
        assert client.post(path + "/withdraw").location == path
        page = client.get(path).text
        assert "You withdrew this report." in page
        assert "расказал" not in page and "Withdraw report" not in page
        assert count(session, Withdrawal) == 1
        client.post(path + "/withdraw")
        assert count(session, Withdrawal) == 1
        answer = client.get(path.replace("/r/", "/api/v1/receipts/")).get_json()
        assert answer["status"] == "withdrawn"

    def test_nobody_else_does(self, session, client, settings):
        ReportFactory()
        assert client.post("/r/nothing/withdraw").status_code == 404
        assert count(session, Withdrawal) == 0
