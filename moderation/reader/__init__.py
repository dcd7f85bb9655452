"""Pages for readers: home, demo articles, report form, receipt; and the widget files."""

from flask import Flask

from moderation.reader import corrections, demo, fix_notice, receipt, report_form, unsubscribe, widget_files


def register(app: Flask) -> None:
    """Add the readers' blueprints."""
    for part in (demo, corrections, report_form, receipt, fix_notice, unsubscribe, widget_files):
        app.register_blueprint(part.blueprint)
    app.jinja_env.globals.update(widget_version=lambda: widget_files.bundle().version)
