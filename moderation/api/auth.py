"""Bearer tokens: a token acts as its editor, within its scopes."""

from datetime import UTC, datetime

from flask import request

from moderation.models import Editor
from moderation.models.token import Scope
from moderation.services.accounts.second_factor import require_second_factor
from moderation.services.accounts.tokens import use_token
from moderation.web.extensions import db_session
from moderation.web.problems import Problem
from moderation.web.wiring import wiring


def caller(scope: Scope) -> Editor:
    """Return the editor of the request's token. The token needs the scope. Raises Problem: 401 or 403,
    TwoFactorRequired.
    """
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    token = (
        use_token(db_session(), text.strip(), datetime.now(UTC), wiring().settings.sso_token_days)
        if scheme.lower() == "bearer" and text
        else None
    )
    if token is None:
        raise Problem(
            401,
            "Send Authorization: Bearer <token>, one that has not expired: your account page makes them. "
            "A token of an account with SSO pauses if its last sign-in is long ago: sign in again.",
            headers={"WWW-Authenticate": "Bearer"},
        )
    require_second_factor(db_session(), token.editor)
    if scope not in token.scopes:
        raise Problem(
            403,
            f"This token lacks the `{scope}` permission. Create a token that has it.",
            type="scope",
        )
    return token.editor
