"""Examples of exported files, one per format."""

import json
from typing import Any

from moderation.api.examples import ANSWERS

_CASE: dict[str, Any] = ANSWERS["get_case"]
_PASSAGE: dict[str, Any] = _CASE["passage"]
_QUOTE = {name: _PASSAGE[name] for name in ("exact", "prefix", "suffix")}
_ROW = {
    "id": _CASE["id"],
    "site": "My News",
    "status": "open",
    "url": _CASE["page"]["url"],
    "title": _CASE["page"]["title"],
    "authors": _CASE["page"]["authors"][0],
    "section": _CASE["page"]["section"],
    "passage": _PASSAGE["exact"],
    "before": _PASSAGE["prefix"],
    "after": _PASSAGE["suffix"],
    "correction": "",
    "suggestion": _CASE["suggestions"][0]["text"],
    "other_corrections": "0",
    "kind": "spelling",
    "lang": "en",
    "reports": "4",
    "readers": "3",
    "first_reported_at": _CASE["first_reported_at"],
    "decided_at": "",
    "fixed_at": "",
}
_ANNOTATION = {
    "id": f"urn:uuid:{_CASE['id']}",
    "type": "Annotation",
    "motivation": "editing",
    "created": _CASE["first_reported_at"],
    "modified": _CASE["last_reported_at"],
    "body": {"type": "TextualBody", "value": _ROW["suggestion"], "purpose": "editing", "language": "en"},
    "target": {
        "source": _CASE["page"]["url"],
        "selector": [
            {"type": "TextQuoteSelector", **_QUOTE},
            {"type": "TextPositionSelector", "start": _PASSAGE["start"], "end": _PASSAGE["end"]},
        ],
    },
}
FILES: dict[str, Any] = {
    "csv": ",".join(_ROW) + "\r\n" + ",".join(_ROW.values()) + "\r\n",
    "jsonl": json.dumps(_CASE, separators=(",", ":")) + "\n",
    "jsonld": {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "AnnotationCollection",
        "first": {"type": "AnnotationPage", "items": [_ANNOTATION]},
    },
}
