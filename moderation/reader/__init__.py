"""The readers' side: the home page, the demo articles, the receipt, and the widget's delivery."""

from flask import Flask

from moderation.reader import demo, form, receipt, widget


def register(app: Flask) -> None:
    """Add the readers' blueprints."""
    for part in (demo, form, receipt, widget):
        app.register_blueprint(part.blueprint)
