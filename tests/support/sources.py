"""Make one correction in a source."""

from moderation.domain.source.correct import Change, Field, plan
from moderation.domain.text.normalise import Quote


def corrected(kind, text, exact, correction, prefix="", suffix="", **more):
    """The new source, or the reason why it was refused."""
    made = plan(
        [Field("content", kind, text)], [Change("a", Quote(exact, prefix, suffix), correction, **more)]
    )
    return made.refused.get("a") or made.fields[0].text
