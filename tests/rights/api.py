"""The editors' API."""

from tests.rights.answers import API_DECIDES, API_LISTS, API_READS, API_RUNS

# endpoint: what to send, and the answers in the order of ROLES. A form with `_` is sent as JSON.
API = {
    "GET webhooks.list_webhooks": ("/api/v1/webhooks?site={site}", None, API_RUNS),
    "POST webhooks.create_webhook": (
        "/api/v1/webhooks", {"_": 1, "site": "{site}", "url": "https://hook.example/"},
        (401, 403, 403, 201, 404, 201),
    ),
    "PATCH webhooks.change_webhook": ("/api/v1/webhooks/{webhook}", {"_": 1, "active": False}, API_RUNS),
    "DELETE webhooks.delete_webhook": ("/api/v1/webhooks/{webhook}", {"_": 1}, API_RUNS),
    "POST webhooks.rotate_secret": ("/api/v1/webhooks/{webhook}/secret", {"_": 1}, API_RUNS),
    "POST webhooks.test_webhook": (
        "/api/v1/webhooks/{webhook}/test", {"_": 1}, (401, 403, 403, 202, 404, 202),
    ),
    "GET server_keys.list_server_keys": ("/api/v1/sites/{site}/server-keys", None, API_RUNS),
    "POST server_keys.create_server_key": (
        "/api/v1/sites/{site}/server-keys", {"_": 1, "name": "x"}, (401, 403, 403, 201, 404, 201),
    ),
    "DELETE server_keys.delete_server_key": (  # nobody's key
        "/api/v1/sites/{site}/server-keys/{unknown}", {"_": 1}, (401, 403, 403, 404, 404, 404),
    ),
    "GET routes.list_routes": ("/api/v1/sites/{site}/routes", None, API_RUNS),
    "PUT routes.replace_routes": ("/api/v1/sites/{site}/routes", {"_": 1, "items": []}, API_RUNS),
    "GET cases.list_cases": ("/api/v1/cases", None, API_LISTS),
    "GET cases.get_case": ("/api/v1/cases/{case}", None, API_READS),
    "GET cases.list_reports": ("/api/v1/cases/{case}/reports", None, API_READS),
    "GET cases.list_decisions": ("/api/v1/cases/{case}/decisions", None, API_READS),
    "POST decisions.create_decision": (
        "/api/v1/cases/{case}/decisions", {"_": 1, "action": "accept", "version": 1}, API_DECIDES,
    ),
    "POST cases.merge_case": ("/api/v1/cases/{case}/merge", {"_": 1, "into": "{other}"}, API_DECIDES),
    "POST cases.split_case": (
        "/api/v1/cases/{case}/split", {"_": 1, "report_ids": ["{report}"]}, API_DECIDES,
    ),
    "POST decisions.create_decisions": (  # each result has its own status
        "/api/v1/decisions", {"_": 1, "decisions": [{"case_id": "{case}", "action": "accept", "version": 1}]},
        API_LISTS,
    ),
    "POST pages.recheck_page": (
        "/api/v1/pages/recheck", {"_": 1, "url": "{url}"}, (401, 403, 202, 202, 404, 202),
    ),
    "GET directory.list_sites": ("/api/v1/sites", None, API_LISTS),
    "GET directory.list_editors": ("/api/v1/editors?site={site}", None, API_LISTS),
    "GET stats.get_stats": ("/api/v1/stats", None, API_LISTS),
    "GET export.export_cases": ("/api/v1/export/cases.csv", None, API_LISTS),
}  # fmt: skip
