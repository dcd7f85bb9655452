"""The cache that is bounded by bytes."""

from moderation.services.pages.cache import BoundedCache


def test_what_was_not_used_for_longest_is_dropped_first():
    cache = BoundedCache(10, len)
    cache.put("a", "xxxx")
    cache.put("b", "xxxx")
    assert cache.get("a") == "xxxx"
    cache.put("c", "xxxx")
    assert (cache.get("a"), cache.get("b"), cache.get("c"), cache.size) == ("xxxx", None, "xxxx", 8)


def test_a_value_that_is_too_large_is_not_kept_and_drops_nothing():
    cache = BoundedCache(10, len)
    cache.put("a", "xxxx")
    cache.put("b", "x" * 11)
    assert (cache.get("a"), cache.get("b")) == ("xxxx", None)


def test_putting_a_key_again_replaces_its_value():
    cache = BoundedCache(10, len)
    for size in (8, 2, 9):
        cache.put("a", "x" * size)
    assert (cache.get("a"), cache.size) == ("x" * 9, 9)
