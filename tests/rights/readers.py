"""What anybody may ask for: pages for readers, the widget, forms and health."""

from tests.rights.answers import ALL

# endpoint: what to send, and the answers in the order of ROLES. A form with `_` is sent as JSON.
ANYBODY = {
    "GET demo.home": ("/", None, ALL),
    "GET demo.demo": ("/demo/", None, (302,) * 6),
    "GET demo.article": ("/demo/ru", None, (404,) * 6),
    "GET demo.news": ("/demo/ru/tram", None, (404,) * 6),
    "GET docs.docs": ("/api/v1/docs", None, ALL),
    "GET docs.openapi": ("/api/v1/openapi.json", None, ALL),
    "GET docs.asset": ("/api/v1/docs/swagger-ui.css", None, ALL),
    "GET problems.index": ("/api/v1/problems", None, ALL),
    "GET problems.explain": ("/api/v1/problems/too-many", None, ALL),
    "GET static": ("/static/common/base.css", None, ALL),
    "GET bootstrap.static": ("/bootstrap/static/css/bootstrap.min.css", None, ALL),
    "GET health.healthz": ("/healthz", None, ALL),
    "GET health.readyz": ("/readyz", None, ALL),
    "GET locale.switch": ("/language/ru", None, (302,) * 6),
    "GET widget.loader": ("/widget.js", None, ALL),
    "GET widget.public_file": ("/widget/api.js", None, ALL),
    "GET widget.module": ("/widget/x/loader.js", None, ALL),
    "GET corrections.page": ("/corrections/{key}", None, (404,) * 6),
    "GET corrections.atom": ("/corrections/{key}/feed.atom", None, (404,) * 6),
    "GET corrections.json_feed": ("/corrections/{key}/feed.json", None, (404,) * 6),
    "GET form.report": ("/report?site={key}&url=https://news.example/a", None, ALL),
    "POST form.report": ("/report?site={key}&url=https://news.example/a", {}, (422,) * 6),
    "GET unsubscribe.show": ("/unsubscribe/x", None, (404,) * 6),
    "POST unsubscribe.show": ("/unsubscribe/x", {}, (404,) * 6),
    "GET receipt.show": ("/r/{receipt}", None, ALL),
    "POST receipt.take_back": ("/r/{receipt}/withdraw", {}, (302,) * 6),
    "POST fix_notice.ask": ("/r/{receipt}/email", {"address": "a@b.example"}, (302,) * 6),
    "POST fix_notice.forget": ("/r/{receipt}/email/delete", {}, (302,) * 6),
    "GET receipt.download": ("/r/{receipt}/data", None, ALL),
    "POST receipt.erase_report": ("/r/{receipt}/erase", {}, (302,) * 6),
    "POST reports.create_report": ("/api/v1/reports", {"_": 1}, (401,) * 6),  # a site key, not a person
    "GET receipts.get_receipt": ("/api/v1/receipts/{receipt}", None, ALL),
    "DELETE receipts.erase_report": ("/api/v1/receipts/{receipt}", {"_": 1}, ALL),
    "POST receipts.list_receipts": ("/api/v1/receipts", {"_": 1, "tokens": ["{receipt}"]}, ALL),
    "GET widget_api.get_widget": ("/api/v1/widget?site={key}&url=https://news.example/a", None, ALL),
    "GET widget_api.get_challenge": ("/api/v1/challenge?site={key}", None, ALL),
    "POST telegram.receive": ("/api/v1/telegram/{unknown}", {"_": 1}, (403,) * 6),  # Telegram has a secret
}  # fmt: skip
