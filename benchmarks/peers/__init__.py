"""The peers that benchmarks compare with."""
