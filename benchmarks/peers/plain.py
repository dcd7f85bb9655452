"""The plain handler: Flask and the ORM, one transaction with two rows per request."""

import os

from flask import Flask, request
from sqlalchemy import create_engine, text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    """The peer's tables."""


class Report(Base):
    """A report."""

    __tablename__ = "plain_report"
    id: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str]
    exact: Mapped[str]
    prefix: Mapped[str]
    suffix: Mapped[str]
    correction: Mapped[str]


class Message(Base):
    """Its outbox message."""

    __tablename__ = "plain_message"
    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int]


def create_app() -> Flask:
    """Make the application, as a factory for granian."""
    app = Flask(__name__)
    engine = create_engine(os.environ["PLAIN_DATABASE_URL"], pool_size=10, max_overflow=20)
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(1)"))
        Base.metadata.create_all(connection)

    @app.post("/reports")
    def create() -> tuple[dict[str, int], int]:
        sent = request.get_json()
        with Session(engine) as session:
            report = Report(
                url=sent["url"],
                exact=sent["quote"]["exact"],
                prefix=sent["quote"]["prefix"],
                suffix=sent["quote"]["suffix"],
                correction=sent["correction"],
            )
            session.add(report)
            session.flush()
            session.add(Message(report_id=report.id))
            session.commit()
            return {"id": report.id}, 202

    return app
