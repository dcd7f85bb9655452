"""Migrate the database and fill it the first time: a separate process that ends before the others start.

It prints the lines for the operator. If it refuses, its lines say why, and its exit code is 1.
"""

import logging
import sys
from datetime import UTC, datetime

from moderation.database import make_engine, make_sessions
from moderation.environment import SettingsError
from moderation.garbage import paused
from moderation.logs import configure_logs
from moderation.services.instance.demo import seed_demo, seed_owner
from moderation.services.instance.demo_cases import seed_cases
from moderation.services.instance.migrate import upgrade
from moderation.services.instance.secret_key import key_problem, remember_first_key
from moderation.services.instance.server import NewerDatabase, OldServer
from moderation.settings import Settings


def prepare(settings: Settings, *, demo: bool) -> None:
    """Migrate, add demo and owner if they are missing, compare the secret key.

    Raises OldServer and NewerDatabase.
    """
    engine = make_engine(settings)
    upgrade(engine)
    with make_sessions(engine)() as session:
        demo_site = seed_demo(session, settings.base_url) if demo else None
        owner = seed_owner(session)
        if demo_site is not None:
            seed_cases(session, engine, demo_site, settings.base_url, datetime.now(UTC))
        remember_first_key(session, settings.secret_keys)
        problem = key_problem(session, settings.secret_keys)
        if problem is not None:
            print(f"WARNING: {problem}")
    engine.dispose()
    if owner is not None:
        print("Owner account (shown only once):")
        print(f"  email     {owner.email}")
        print(f"  password  {owner.password}")


def main() -> None:
    """Prepare the database that the environment names."""
    configure_logs()
    logging.getLogger("alembic").setLevel(logging.WARNING)
    # The accounts made here are announced in words.
    logging.getLogger("security").setLevel(logging.WARNING)
    try:
        with paused():  # this process ends soon
            prepare(Settings.from_env(), demo="--demo" in sys.argv[1:])
    except (OldServer, NewerDatabase, SettingsError) as error:
        print(*(error.problems if isinstance(error, SettingsError) else [error]), sep="\n       ")
        sys.exit(1)


if __name__ == "__main__":
    main()
