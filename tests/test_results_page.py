"""The page of the benchmarks' results says what was measured, where, and what falls short."""

from benchmarks.results_page import page

RESULT = {
    "benchmark": "slow_clients", "commit": "abc1234", "date": "2026-11-29 01:00 UTC", "load": 0.25,
    "machine": {"cpu": "EPYC", "cores": 2, "system": "Linux"}, "versions": {"python": "3.11.7"},
    "figures": [
        {"name": "ours_per_second", "value": 2100},
        {"name": "isso_per_second", "value": 440},
        {"name": "ru_unchanged_find", "value": 0.77},
        {"name": "ours_vs_isso", "value": 4.8, "target": ">=4", "met": True},
        {"name": "p95_ms", "value": 30, "target": "<=20", "met": False, "reason": "two cores"},
    ],
}  # fmt: skip


def test_each_figure_has_its_target_and_each_result_its_machine():
    text = page([RESULT])
    assert (
        "`make bench-slow`. Commit `abc1234`, 2026-11-29 01:00 UTC, load 0.2 at its start. EPYC, 2 cores"
        in text
    )
    assert "1 of 2 targets met." in text
    assert "| `isso_per_second` (peer) | 440 |  |  |" in text
    assert "| `ru_unchanged_find` (peer) | 0.77 |" in text
    assert "| `ours_vs_isso` | 4.8 | ≥ 4 | met |" in text
    assert "| `p95_ms` | 30 | ≤ 20 | **short**: two cores |" in text


def test_a_result_of_an_earlier_version_says_that_its_load_is_not_known():
    assert "load not recorded" in page([RESULT | {"load": None}])
