"""Labels for kinds of mistake, the same in the form and on the desk."""

from flask_babel import gettext as _


def kind_label(kind: str) -> str:
    """A kind of mistake."""
    return str(
        {
            "spelling": _("Spelling"),
            "punctuation": _("Punctuation"),
            "grammar": _("Grammar"),
            "fact": _("Fact"),
            "other": _("Other"),
        }[kind]
    )
