"""Labels for work that failed."""

from flask_babel import gettext as _


def topic_label(topic: str) -> str:
    """The subject of a message."""
    labels = {
        "report.received": _("Put a new report into a case"),
        "report.withdrawn": _("Remove a withdrawn report from its case"),
        "report.fixed": _("Tell a reader by mail that a typo is fixed"),
        "case.decided": _("Tell others about a decision"),
        "bulk.asked": _("Carry out a bulk decision"),
        "invitation.made": _("Send an invitation by mail"),
        "reset.asked": _("Send a password link by mail"),
        "account.event": _("Tell an editor by mail about a change to the account"),
        "email.change_asked": _("Send a link to a new address by mail"),
        "account.linked": _("Tell an editor by mail that SSO was linked"),
        "subscriber.failing": _("Tell an admin by mail that an integration fails"),
    }
    return str(labels.get(topic, topic))


def failure_label(failure: str | None) -> str:
    """Why a message failed, and what to do."""
    labels = {
        "mail_server": _("The mail server did not accept it. Check CORRIGENDA_SMTP_URL, then try again."),
        "data_refused": _("The database refused the result. This is a fault of the program: report it."),
        "timeout": _("It took too long. Try again when the server is less busy."),
        "database": _("The database reported an error. Check its log, then try again."),
        "program": _("The program failed. This is a fault of the program: report it."),
    }
    return str(labels.get(failure or "program", failure))
