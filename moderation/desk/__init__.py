"""The editors' pages: parse, call one service, render."""

from flask import Flask

from moderation.desk import account, case, queue, words
from moderation.kind_words import kind_word


def register(app: Flask) -> None:
    """Add the desk's blueprints."""
    for part in (account, queue, case):
        app.register_blueprint(part.blueprint)
    account.register_login(app)
    app.jinja_env.globals.update(
        status_word=words.status_word,
        tab_word=words.tab_word,
        action_word=words.action_word,
        kind_word=kind_word,
        empty_word=words.empty_word,
        priority_word=words.priority_word,
        spam_word=words.spam_word,
        state_word=words.state_word,
        sort_word=words.sort_word,
    )
