"""The kinds of mistake in the reader's language: the form and the desk say the same."""

from flask_babel import gettext as _


def kind_label(kind: str) -> str:
    """A kind of mistake, as the reader named it."""
    return str(
        {
            "spelling": _("spelling"),
            "punctuation": _("punctuation"),
            "grammar": _("grammar"),
            "fact": _("fact"),
            "other": _("other"),
        }[kind]
    )
