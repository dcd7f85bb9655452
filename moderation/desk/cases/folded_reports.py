"""Fold the reports of a case that say the same."""

from collections.abc import Iterable
from dataclasses import dataclass

from moderation.models import Report


@dataclass(frozen=True, slots=True)
class FoldedReports:
    """Reports with the same passage, correction, kind and comment. `report` is the newest."""

    report: Report
    count: int
    ids: str
    """The ids of the reports, separated by commas."""


def fold_reports(reports: Iterable[Report]) -> list[FoldedReports]:
    """Fold reports that an editor cannot tell apart. The order is that of the newest of each."""
    same: dict[tuple[str | None, ...], list[Report]] = {}
    for report in reports:
        same.setdefault((report.exact, report.correction, report.kind, report.comment), []).append(report)
    return [
        FoldedReports(group[0], len(group), ",".join(str(report.id) for report in group))
        for group in same.values()
    ]
