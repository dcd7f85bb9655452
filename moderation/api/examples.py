"""Examples of requests and answers, one per operation. tests/contract holds them against the schemas."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from moderation.web.problems import TYPES

_CASE_ID = "01a21b6e-7a52-7c44-9d1c-5b8f0a4f2c10"
_OTHER_ID = "01a21b6e-8c11-7a02-8d0e-2f4bb3a91e55"
_SITE_ID = "01a21315-11aa-7bcd-9e0f-0123456789ab"
_PAGE_ID = "01a21b6e-7a50-7d00-8f00-6a5b4c3d2e1f"
_REPORT_ID = "01a21b6e-79ff-7001-a001-aabbccddeeff"
_EDITOR_ID = "01a20f00-0000-7aaa-8bbb-cccccccccccc"
_URL = "https://news.example/2026/11/tram"
_QUOTE = {"exact": "recieve", "prefix": "Passengers will ", "suffix": " a new timetable in spring."}
_TIME = "2026-11-25T09:30:00Z"
_LATER = "2026-11-25T09:42:00Z"
_TOKEN = "Qm9vay1hLXJlY2VpcHQ"  # noqa: S105 (an example)

_CASE: dict[str, Any] = {
    "id": _CASE_ID,
    "site": _SITE_ID,
    "status": "open",
    "version": 3,
    "lang": "en",
    "report_count": 4,
    "reader_count": 3,
    "first_reported_at": _TIME,
    "last_reported_at": _LATER,
    "spam_score": 0.02,
    "page": {
        "id": _PAGE_ID,
        "url": _URL,
        "title": "New tram line opens",
        "fetch_state": "ok",
        "unread_reason": None,
        "fetched_at": _LATER,
        "authors": ["Anna Lebedeva"],
        "section": "City",
    },
    "correction": None,
    "passage": {**_QUOTE, "start": 120, "end": 127, "state": "found", "zone": "body"},
    "suggestions": [{"text": "receive", "source": "reader", "votes": 3, "confidence": None}],
    "other_corrections": 0,
    "merged_into": None,
}
_ACCEPTED = {**_CASE, "status": "accepted", "version": 4, "correction": "receive"}
_TIMES = {"decided": 12, "seconds_to_decision": 840.0, "mended": 8, "seconds_to_mended": 3600.0}
_STATS: dict[str, Any] = {
    "from": "2026-11-01",
    "to": "2026-11-01",
    "reports": 41,
    "cases": 18,
    "decided": {"accepted": 9, "rejected": 3},
    "accepted_share": 0.75,
    "mended": 8,
    "seconds_to_decision": 840.0,
    "seconds_to_mended": 3600.0,
    "days": [{"day": "2026-11-01", "reports": 41, "cases": 18, "decided": {"accepted": 9, "rejected": 3}}],
    "pages": [{"name": _URL, "count": 4}],
    "sections": [{"name": "https://news.example/2026/", "count": 12}],
    "words": [{"name": "recieve", "count": 3}],
    "readers": [],
    "editors": [{"editor": "Anna", "decided": {"accepted": 9, "rejected": 3}}],
    "times_by_section": [{"name": "City", **_TIMES}],
    "times_by_author": [{"name": "Anna Lebedeva", **_TIMES}],
    "thanks": {"reported": 29, "accepted": 17, "fixed": 14, "told": 3},
}
_DECISION: dict[str, Any] = {
    "id": _OTHER_ID,
    "decided_at": _LATER,
    "editor": "anna@news.example",
    "action": "accept",
    "old_status": "open",
    "new_status": "accepted",
    "cause": "editor",
    "cause_detail": None,
    "correction": "receive",
    "note": None,
    "reason": None,
}

_WEBHOOK: dict[str, Any] = {
    "id": _OTHER_ID,
    "site": _SITE_ID,
    "name": "CMS",
    "url": "https://cms.news.example/hook",
    "events": ["case.opened", "case.fixed"],
    "active": True,
    "failures": 0,
    "paused_until": None,
    "secret": None,
}
_ROUTES = {
    "items": [
        {"by": "section", "value": "City", "member": _EDITOR_ID, "channel": None},
        {"by": "author", "value": "Anna Lebedeva", "member": None, "channel": _OTHER_ID},
    ]
}
_SERVER_KEY = {
    "id": _OTHER_ID,
    "name": "back end",
    "scopes": ["report"],
    "created_at": "2026-06-14T10:00:00Z",
    "last_used_at": "2026-06-14T12:30:00Z",
    "key": None,
}
_NEW_WEBHOOK = {**_WEBHOOK, "secret": "whsec_…"}

REQUESTS: Mapping[str, dict[str, Any]] = {
    "create_report": {
        "url": _URL,
        "quote": _QUOTE,
        "correction": "receive",
        "kind": "spelling",
        "title": "New tram line opens",
        "lang": "en",
    },
    "list_receipts": {"tokens": [_TOKEN]},
    "create_decision": {"action": "accept", "version": 3, "correction": "receive"},
    "create_decisions": {
        "decisions": [
            {"case_id": _CASE_ID, "action": "accept", "version": 3},
            {"case_id": _OTHER_ID, "action": "reject", "version": 1, "reason": "This is a quotation."},
        ]
    },
    "merge_case": {"into": _OTHER_ID},
    "split_case": {"report_ids": [_REPORT_ID]},
    "recheck_page": {"url": _URL},
    "create_webhook": {"site": _SITE_ID, "url": "https://cms.news.example/hook", "events": ["case.fixed"]},
    "change_webhook": {"active": False},
    "replace_routes": _ROUTES,
    "create_server_key": {"name": "back end"},
}
"""Bodies by operation id."""

ANSWERS: Mapping[str, Any] = {
    "create_report": {
        "id": _REPORT_ID,
        "receipt": {"token": _TOKEN, "url": f"https://typos.example.org/r/{_TOKEN}"},
        "status": "received",
    },
    "get_receipt": {
        "status": "fixed",
        "reported_at": _TIME,
        "decided_at": _LATER,
        "fixed_at": "2026-11-25T10:05:00Z",
        "message": "Fixed. Thank you!",
    },
    "erase_report": {
        "status": "erased",
        "reported_at": _TIME,
        "decided_at": None,
        "fixed_at": None,
        "message": "This report was erased.",
    },
    "list_receipts": {
        "receipts": [
            {
                "status": "open",
                "reported_at": _TIME,
                "decided_at": None,
                "fixed_at": None,
                "message": "The editors have received your report.",
            }
        ]
    },
    "get_widget": {
        "ground_rules": "We write in British spelling.",
        "proof_of_work": False,
        "article_root": ".story",
        "known": [_QUOTE],
    },
    "get_challenge": {
        "parameters": {"algorithm": "PBKDF2/SHA-256", "nonce": "5f0c…", "salt": "9a41…", "cost": 5000},
        "signature": "b7d2…",
    },
    "list_cases": {"items": [_CASE], "next": None},
    "get_case": _CASE,
    "list_reports": {
        "items": [
            {
                "id": _REPORT_ID,
                "created_at": _TIME,
                "quote": _QUOTE,
                "correction": "receive",
                "comment": None,
                "kind": "spelling",
                "lang": "en",
            }
        ],
        "next": None,
    },
    "list_decisions": {"items": [_DECISION]},
    "create_decision": _ACCEPTED,
    "create_decisions": {
        "results": [
            {"case_id": _CASE_ID, "status": 200, "case": _ACCEPTED, "detail": None},
            {
                "case_id": _OTHER_ID,
                "status": 404,
                "case": None,
                "detail": "This case does not exist, or you have no access to it.",
            },
        ]
    },
    "merge_case": {"items": [_CASE]},
    "split_case": {"items": [_CASE, {**_CASE, "id": _OTHER_ID, "version": 1}]},
    "recheck_page": {"page": _PAGE_ID},
    "list_sites": {
        "items": [
            {
                "id": _SITE_ID,
                "name": "My News",
                "site_key": "pk_59aiki82BM_fk_PY60g34OYN",
                "origins": ["https://news.example"],
                "role": "admin",
            }
        ]
    },
    "list_editors": {
        "items": [
            {
                "id": _EDITOR_ID,
                "name": "Anna",
                "email": "anna@news.example",
                "is_owner": False,
                "is_me": True,
                "roles": [{"site": _SITE_ID, "role": "editor"}],
            }
        ]
    },
    "get_stats": _STATS,
    "list_routes": _ROUTES,
    "replace_routes": _ROUTES,
    "list_server_keys": {"items": [_SERVER_KEY]},
    "create_server_key": {**_SERVER_KEY, "last_used_at": None, "key": "sk_…"},
    "delete_server_key": {"items": []},
    "list_webhooks": {"items": [_WEBHOOK]},
    "create_webhook": _NEW_WEBHOOK,
    "change_webhook": _WEBHOOK,
    "delete_webhook": _WEBHOOK,
    "rotate_secret": _NEW_WEBHOOK,
    "test_webhook": {"id": _OTHER_ID},
}
"""Bodies of successful answers by operation id."""

_PROBLEMS: Mapping[int, tuple[str, str]] = {
    400: ("not-json", "The body is not JSON: Input data was truncated"),
    401: ("unauthorized", "Send Authorization: Bearer <token>, one that has not expired."),
    403: ("role", "You have view-only access to this site."),
    404: ("unknown-case", "This case does not exist, or you have no access to it."),
    409: ("stale-version", "The case has changed. Load it and try again."),
    413: ("too-large", "The body is larger than 16 KiB."),
    415: ("media-type", "Send the body as Content-Type: application/json."),
    422: ("invalid-request", "/quote/exact: is required"),
    429: ("too-many", "Too many reports. Try again in 42 seconds."),
    503: ("database-away", "The service is not available. Nothing was saved. Try again in a minute."),
}


def problem_example(status: int) -> dict[str, Any]:
    """Return an example of an error with this status."""
    type_, detail = _PROBLEMS[status]
    body: dict[str, Any] = {
        "type": f"{TYPES}/{type_}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if status == HTTPStatus.UNPROCESSABLE_ENTITY:
        body["errors"] = [{"pointer": "/quote/exact", "detail": "is required"}]
    return {**body, "case": _CASE} if status == HTTPStatus.CONFLICT else body
