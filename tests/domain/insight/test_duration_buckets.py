from collections import Counter
from statistics import median_low

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.domain.insight.duration_buckets import BOUNDS, RANGES, bucket, distribute, median


@given(st.lists(st.floats(1, 1e7), min_size=1, max_size=60))
def test_the_median_is_within_a_twentieth(seconds):
    found = median(Counter(map(bucket, seconds)))
    # One bucket around it: both neighbours of the middle are allowed, for buckets know no order inside.
    assert found == pytest.approx(median_low(seconds), rel=0.06, abs=0.1)


def test_no_durations_have_no_median():
    assert median({}) is None


def test_a_duration_out_of_range_falls_into_the_nearest_bucket():
    assert bucket(-5) == 0 and bucket(1e12) == len(BOUNDS)


def test_a_bucket_begins_at_its_bound():
    assert [bucket(BOUNDS[0] - 1e-9), bucket(BOUNDS[0]), bucket(BOUNDS[7])] == [0, 1, 8]


def test_durations_are_distributed_over_the_ranges_that_people_read():
    counts = {bucket(seconds): count for seconds, count in [(60, 3), (2 * 3600, 2), (30 * 86400, 1)]}
    assert distribute(counts) == [3, 2, 0, 0, 0, 1]
    assert distribute({}) == [0] * (len(RANGES) + 1)
