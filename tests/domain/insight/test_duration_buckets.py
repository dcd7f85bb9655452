from collections import Counter
from statistics import median_low

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.domain.insight.duration_buckets import LONGEST, bucket, median


@given(st.lists(st.floats(1, 1e7), min_size=1, max_size=60))
def test_the_median_is_within_a_twentieth(seconds):
    found = median(Counter(map(bucket, seconds)))
    # One bucket around it: both neighbours of the middle are allowed, for buckets know no order inside.
    assert found == pytest.approx(median_low(seconds), rel=0.06, abs=0.1)


def test_no_durations_have_no_median():
    assert median({}) is None


def test_what_is_out_of_range_is_the_nearest():
    assert bucket(-5) == 0 and bucket(1e12) == LONGEST
