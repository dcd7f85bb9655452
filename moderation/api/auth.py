"""Who calls: a bearer token acts as its editor."""

from flask import request

from moderation.extensions import db_session
from moderation.models import Editor
from moderation.problems import Problem
from moderation.services.tokens import editor_of


def caller() -> Editor:
    """The editor behind the request's token. Raises Problem: 401."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    editor = editor_of(db_session(), token.strip()) if scheme.lower() == "bearer" and token else None
    if editor is None:
        raise Problem(
            401,
            "Send Authorization: Bearer <token>; `corrigenda token add` makes one.",
            headers={"WWW-Authenticate": "Bearer"},
        )
    return editor
