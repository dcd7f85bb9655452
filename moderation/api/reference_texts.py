"""Texts of the OpenAPI document that no schema has: what parameters and groups of operations mean."""

from collections.abc import Mapping

TAGS: Mapping[str, str] = {
    "reports": "Send readers' reports. Needs a site key.",
    "receipts": "What became of a report. The receipt token is the only key.",
    "widget": "Data for a widget or another front end.",
    "cases": "Read, merge and split cases. Needs a token.",
    "decisions": "Decide cases. Needs a token with the scope `decide`.",
    "pages": "Tell the service that a page was published.",
    "routes": "Rules that send cases to members and channels. Needs a token of a site's admin.",
    "webhooks": "Addresses that hear of events. Needs a token of a site's admin.",
    "server keys": "Secret keys of a site's own server. Needs a token of a site's admin.",
    "sites": "The sites and editors whose ids filters need.",
    "statistics": "Figures of a period, and exports.",
}
TAG_OF_BLUEPRINT: Mapping[str, str] = {
    "widget_api": "widget",
    "directory": "sites",
    "server_keys": "server keys",
    "stats": "statistics",
    "export": "statistics",
}
"""Blueprints whose group has another name than they have."""

PARAMETERS: Mapping[str, str] = {
    "Idempotency-Key": "A new random key for each report. "
    "A repeated request with the same key and body gets the first answer again.",
    "X-Proof": "A solved challenge, if the site requires a proof of work: base64 of `{challenge, solution}`.",
    "X-Reader": "With a server key: an opaque id of the reader, 1 to 128 visible characters; else ignored.",
    "assignee": "Id of the editor that the case is assigned to, see `/api/v1/editors`.",
    "author": "An author's name, as pages state it.",
    "before": "Only cases whose first report is older than this time, as `2026-11-25T00:00:00Z`.",
    "bom": "Begin CSV with a byte order mark, for spreadsheets that guess the encoding.",
    "case_id": "Id of a case.",
    "cursor": "`next` of the page before.",
    "format_": "File format: CSV, JSON Lines or W3C Web Annotations.",
    "from": "First day of the period (UTC).",
    "kind": "Kind of mistake that the reader chose.",
    "key_id": "Id of a server key.",
    "lang": "Language tag of the page, for example `ru` or `en-GB`.",
    "limit": "Rows of a page.",
    "q": "Words to search in passages and their context, comments and titles.",
    "section": "Beginning of page URLs, as `https://news.example/sport/`, or the name that pages state.",
    "since": "Only cases whose first report is at least this new, as `2026-11-25T00:00:00Z`.",
    "site": "Id of a site, see `/api/v1/sites`.",
    "site_id": "Id of a site, see `/api/v1/sites`.",
    "sort": "Order of the cases.",
    "status": "Status of the case.",
    "suggestion": "Only cases with (`true`) or without (`false`) a correction to accept.",
    "to": "Last day of the period (UTC).",
    "token": "The receipt token of the report.",
    "version": "Version of the widget that asks.",
    "webhook_id": "Id of a webhook.",
    "url": "URL of a page. Tracking parameters and fragments do not matter.",
}
SITE_KEY = "The site's public key, pk_…"
"""`site` where no token is sent: readers' front ends know the key, not the id."""
