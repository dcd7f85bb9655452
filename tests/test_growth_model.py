"""docs/scaling.md quotes what the growth model makes of the figures in benchmarks/RESULTS.md."""

from dataclasses import replace

import pytest

from benchmarks.growth_model import DOCUMENT, LOAD, figure, measured, plan, with_plan


def test_the_document_quotes_the_model_with_the_published_figures():
    document = DOCUMENT.read_text("utf-8")
    assert "measured: fetch_ms" in document
    assert with_plan(document) == document, "run `make results`, or write the block anew"


def test_a_figure_is_that_of_the_page_or_of_the_documents():
    assert figure("fetch", "cpu_ms_per_page", 0.0) > 0
    assert figure("fetch", "no_such_figure", 7.0) == figure("no_such_benchmark", "x", 7.0) == 7.0


@pytest.mark.parametrize("part", ["web: cores", "triage: cores", "database: TB of data"])
def test_ten_times_the_reports_need_ten_times_as_much(part):
    ten_times = replace(LOAD, reports_per_second=LOAD.reports_per_second * 10)
    small, large = plan(measured(), LOAD)[part], plan(measured(), ten_times)[part]
    assert large == pytest.approx(10 * small, rel=0.05)
