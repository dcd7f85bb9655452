"""docs/scaling.md quotes figures of benchmarks/RESULTS.md, and what the growth model makes of them."""

from dataclasses import replace

import pytest

from benchmarks.growth_model import DOCUMENT, LOAD, figure, measured, plan, with_plan
from benchmarks.scaling_figures import with_figures


def test_the_document_quotes_the_model_with_the_published_figures():
    document = DOCUMENT.read_text("utf-8")
    assert "measured: fetch_ms" in document
    assert with_plan(document) == document, "run `make results`, or write the block anew"


def test_the_document_quotes_the_published_rates_and_sizes():
    document = DOCUMENT.read_text("utf-8")
    assert with_figures(document) == document, "run `make results`"
    accepted = f"| reports accepted | {figure('intake', 'ours_per_second'):,.0f} per second"
    gigabytes = f"\n**{figure('sizes', 'all_GB_per_million'):.1f} GB**: "
    assert accepted in document and gigabytes in document


def test_a_figure_that_was_not_measured_is_named():
    with pytest.raises(LookupError, match="no figure no_such_figure of fetch"):
        figure("fetch", "no_such_figure")


@pytest.mark.parametrize("part", ["web: cores", "triage: cores", "database: TB of data"])
def test_ten_times_the_reports_need_ten_times_as_much(part):
    ten_times = replace(LOAD, reports_per_second=LOAD.reports_per_second * 10)
    small, large = plan(measured(), LOAD)[part], plan(measured(), ten_times)[part]
    assert large == pytest.approx(10 * small, rel=0.05)
