"""Flask-Login on sessions in the database."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Flask, request
from flask_babel import get_locale
from flask_login import UserMixin, current_user, login_user

from moderation.desk.account.device import device_id, remember_device
from moderation.models import Editor
from moderation.services.accounts import sessions as desk_sessions
from moderation.services.accounts.security_log import Origin, set_origin
from moderation.services.intake.reader_hash import reader_hash, shortened_network
from moderation.web.extensions import db_session, login_manager
from moderation.web.wiring import wiring


class SignedIn(UserMixin):  # type: ignore[misc]
    """The user object of Flask-Login: an editor and a session."""

    def __init__(self, editor: Editor, session_id: UUID) -> None:
        self.editor = editor
        self.editor_id = editor.id
        self.session_id = session_id

    def get_id(self) -> str:
        """Return the session's id. It is not valid after the session ended."""
        return str(self.session_id)


def register_login(app: Flask) -> None:
    """Register the loader that finds the editor of a session, and the origin of each request."""
    login_manager.login_view = "sign_in.show"
    login_manager.login_message = None
    app.before_request(_say_origin)


def _say_origin() -> None:
    """Say where the changes of this request come from, for the security log."""
    if request.path.startswith("/desk"):
        address = request.remote_addr or ""
        hashed = reader_hash(wiring().settings.secret_keys, address, datetime.now(UTC).date())
        origin = Origin(request.user_agent.string, shortened_network(address), hashed.hex())
        set_origin(db_session(), origin)


@login_manager.user_loader  # type: ignore[untyped-decorator]
def _load(session_id: str) -> SignedIn | None:
    editor = desk_sessions.resume(db_session(), UUID(session_id), datetime.now(UTC))
    return SignedIn(editor, UUID(session_id)) if editor else None


def enter(
    editor: Editor, how: str, *, is_new_account: bool = False, confirmed_at: datetime | None = None
) -> None:
    """Sign the editor in with this browser.

    `how`: the way in, for the security log. `confirmed_at`: when the person showed every factor, if they did.
    """
    editor.lang = get_locale().language
    started = desk_sessions.start(
        db_session(),
        editor,
        request.user_agent.string,
        datetime.now(UTC),
        how=how,
        is_known_device=is_new_account or device_id(editor.email) is not None,
        confirmed_at=confirmed_at,
    )
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
