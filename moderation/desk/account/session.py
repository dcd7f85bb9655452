"""Flask-Login on sessions in the database."""

from datetime import UTC, datetime
from uuid import UUID

from flask import request
from flask_babel import get_locale
from flask_login import UserMixin, current_user, login_user

from moderation.desk.account.device import remember_device
from moderation.models import Editor
from moderation.services.accounts import sessions as desk_sessions
from moderation.web.extensions import db_session, login_manager


class SignedIn(UserMixin):  # type: ignore[misc]
    """The user object of Flask-Login: an editor and a session."""

    def __init__(self, editor: Editor, session_id: UUID) -> None:
        self.editor = editor
        self.session_id = session_id

    def get_id(self) -> str:
        """Return the session's id. It is not valid after the session ended."""
        return str(self.session_id)


def register_login() -> None:
    """Register the loader that finds the editor of a session for Flask-Login."""
    login_manager.login_view = "sign_in.show"
    login_manager.login_message = None


@login_manager.user_loader  # type: ignore[untyped-decorator]
def _load(session_id: str) -> SignedIn | None:
    editor = desk_sessions.resume(db_session(), UUID(session_id), datetime.now(UTC))
    return SignedIn(editor, UUID(session_id)) if editor else None


def enter(editor: Editor) -> None:
    """Sign the editor in with this browser."""
    editor.lang = get_locale().language
    started = desk_sessions.start(db_session(), editor, request.user_agent.string, datetime.now(UTC))
    login_user(SignedIn(editor, started))
    remember_device(editor.email)


def signed_in() -> Editor:
    """Return the editor of this session. Only for views with login_required."""
    editor: Editor = current_user.editor
    return editor


def session_id() -> UUID:
    """Return the id of this browser's session. Only for views with login_required."""
    id_: UUID = current_user.session_id
    return id_
