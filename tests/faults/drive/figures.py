"""What must be 0 in the end, counted from outside: from the answers that readers and editors got."""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from tests.faults.drive.client import Client

Figures = dict[str, int]


_STATUSES = ("open", "accepted", "rejected", "fixed", "spam")
_MOST_RECOUNTS = 30


def lists(client: Client) -> tuple[list[Any], dict[str, set[str]], int]:
    """List all cases and the reports of each, as they were at one moment. Returns the number of recounts too.

    A page that is read meanwhile may move a report from a case that is still to be asked to one that was.
    """
    cases = _cases(client)
    for recounts in range(_MOST_RECOUNTS):
        reports_of = {
            case["id"]: {one["id"] for one in client.pages(f"cases/{case['id']}/reports?limit=200")}
            for case in cases
        }
        before, cases = cases, _cases(client)
        if cases == before:
            return cases, reports_of, recounts
    raise AssertionError("the cases do not come to rest")


def _cases(client: Client) -> list[Any]:
    """All cases, in the order of their ids."""
    cases = [case for status in _STATUSES for case in client.pages(f"cases?status={status}&limit=200")]
    return sorted(cases, key=lambda case: str(case["id"]))


def in_no_case(
    reports_of: Mapping[str, set[str]], accepted: Mapping[str, Any], withdrawn: set[str]
) -> set[str]:
    """Return the accepted reports that no case lists."""
    return accepted.keys() - withdrawn - {report for reports in reports_of.values() for report in reports}


def count_reports(
    reports_of: Mapping[str, set[str]], accepted: Mapping[str, Any], withdrawn: set[str]
) -> Figures:
    """Compare the accepted reports with the reports of all cases."""
    placed = Counter(report for reports in reports_of.values() for report in reports)
    return {
        "reports": len(accepted),
        "in_no_case": len(in_no_case(reports_of, accepted, withdrawn)),
        "in_two_cases": sum(1 for count in placed.values() if count > 1),
        "withdrawn_in_a_case": len(withdrawn & placed.keys()),
        "unknown_reports": len(placed.keys() - accepted.keys()),
    }


def count_cases(cases: Sequence[Any], reports_of: Mapping[str, set[str]]) -> Figures:
    """Compare what the cases count with the reports that they list."""
    return {
        "wrong_counts": sum(1 for case in cases if case["report_count"] != len(reports_of[case["id"]])),
        "open_without_reports": sum(
            1 for case in cases if case["status"] == "open" and not reports_of[case["id"]]
        ),
    }


def mixed_cases(
    reports_of: Mapping[str, set[str]], key_of: Mapping[str, Any], moved: set[str]
) -> dict[str, set[Any]]:
    """Return the cases with two mistakes that no editor made, with the keys of the mistakes.

    `moved`: reports of cases that an editor merged or split. Later reports join such a case too.
    """
    keys = {
        case_id: {key_of[report] for report in reports if report in key_of}
        for case_id, reports in reports_of.items()
        if not reports & moved
    }
    return {case_id: several for case_id, several in keys.items() if len(several) > 1}


def describe(client: Client, case_id: str, what: str) -> str:
    """Return all that the API says about a case, to find out how it came to be wrong."""
    parts = [client.call(f"cases/{case_id}{part}")[1] for part in ("", "/reports?limit=200", "/decisions")]
    return f"{what} in " + json.dumps(parts, ensure_ascii=False)


def divided_mistakes(
    cases: Sequence[Any], reports_of: Mapping[str, set[str]], key_of: Mapping[str, Any], moved: set[str],
    doubled: set[int],
) -> dict[Any, set[str]]:  # fmt: skip
    """Return the mistakes with two open cases that no editor made, each with its cases."""
    homes: dict[Any, set[str]] = defaultdict(set)
    for case in cases:
        reports = reports_of[case["id"]]
        if case["status"] != "open" or case["passage"]["state"] != "found" or reports & moved:
            continue
        for key in {key_of[report] for report in reports if report in key_of}:
            if key[1] not in doubled:
                homes[key].add(case["id"])
    return {key: several for key, several in homes.items() if len(several) > 1}


def count_decisions(client: Client, noted: Mapping[str, str]) -> Figures:
    """Count the answered decisions that are not in the history of their case."""
    history: dict[str, set[str | None]] = {}
    for case_id in set(noted.values()):
        status, answer = client.call(f"cases/{case_id}/decisions")
        history[case_id] = {step["note"] for step in answer["items"]} if status == 200 else set()
    lost = [note for note, case_id in noted.items() if note not in history[case_id]]
    return {"decisions": len(noted), "lost_decisions": len(lost)}


def count_receipts(
    client: Client,
    tokens: Mapping[str, str],
    cases: Sequence[Any],
    reports_of: Mapping[str, set[str]],
    withdrawn: set[str],
) -> Figures:
    """Count the receipts that say something else than the report's case."""
    case_of = {report: case for case in cases for report in reports_of[case["id"]]}
    wrong = 0
    for report_id, token in tokens.items():
        shown = client.call(f"receipts/{token}", headers={})[1]["status"]
        if report_id in withdrawn:
            wrong += shown != "withdrawn"
        elif report_id in case_of and shown != case_of[report_id]["status"]:
            # The page may have been read again since the cases were listed.
            wrong += shown != client.call(f"cases/{case_of[report_id]['id']}")[1]["status"]
    return {"wrong_receipts": wrong}
