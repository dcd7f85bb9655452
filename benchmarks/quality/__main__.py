"""Quality of finding, grouping, suggestions and detection of fixes on real typos, per language.

The variations are: random passages between two revisions, in both directions, where an alignment of the
whole pages gives the true position; five kinds of selection for every mistake; dense pages with extra
mistakes beside the real ones. Each figure is computed for all pages and for each half of them (`_a`, `_b`),
to show overfitting.
"""

import resource

from benchmarks.figures import Figures
from benchmarks.quality.finding import anchoring, between_revisions
from benchmarks.quality.groups import grouping
from benchmarks.quality.states import mending, mending_beside
from benchmarks.quality.suggestions import suggestions
from benchmarks.typos import read_real, require_real
from moderation.domain.spelling.languages import LANGUAGES


def main() -> None:
    """Print every figure."""
    require_real()
    figures = Figures("quality", ("rapidfuzz", "pymorphy3", "spylls", "wordfreq"))
    for lang in LANGUAGES:
        cases = list(read_real(lang))
        for half in ("", "a", "b"):
            name = f"{lang}_{half}" if half else lang
            chosen = [case for case in cases if half in ("", case.half)]
            anchoring(figures, name, chosen, baselines=not half)
            between_revisions(figures, name, chosen, baselines=not half)
            grouping(figures, name, chosen)
            suggestions(figures, name, chosen)
            mending(figures, name, chosen)
            mending_beside(figures, name, chosen)
        turned = [case.turned() for case in cases if case.later]
        between_revisions(figures, f"{lang}_back", turned, baselines=False)
    figures.add("process_peak_mb", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    figures.write()


if __name__ == "__main__":
    main()
