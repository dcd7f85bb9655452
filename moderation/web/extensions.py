"""Flask extensions: the only module-level state."""

from collections.abc import Callable
from functools import partial

from flask_babel import Babel
from flask_bootstrap import Bootstrap5
from flask_limiter import Limiter
from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy.orm import Session

from moderation.models import Base

# Nothing is read again after a commit: a view can show what it saved when no time for the database is left.
db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})
INTAKE = "intake"
"""The engine that stores reports: `db.engines[INTAKE]`."""
login_manager = LoginManager()
csrf = CSRFProtect()
babel = Babel()
bootstrap = Bootstrap5()
limiter = Limiter(
    key_func=lambda: "",  # every limit names its own key
    strategy="fixed-window",
    # If Redis is away, requests are allowed, and this process counts them until Redis is back.
    in_memory_fallback_enabled=True,
)


def own_sessions() -> Callable[[], Session]:
    """Return a factory of separate sessions, for a response that is written after the request has ended."""
    return partial(Session, db.engine, expire_on_commit=False)


def db_session() -> Session:
    """Return the database session of this request."""
    session: Session = db.session()
    return session
