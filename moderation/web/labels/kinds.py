"""Labels for kinds of mistake, the same in the form and on the desk."""

from flask_babel import lazy_gettext

_KINDS = {
    "spelling": lazy_gettext("Spelling"),
    "punctuation": lazy_gettext("Punctuation"),
    "grammar": lazy_gettext("Grammar"),
    "fact": lazy_gettext("Fact"),
    "other": lazy_gettext("Other"),
}


def kind_label(kind: str) -> str:
    """A kind of mistake."""
    return str(_KINDS[kind])
