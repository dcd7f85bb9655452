"""`corrigenda shell`: a Python shell on the instance's database."""

import code

import click

from moderation import models
from moderation.cli.connect import session


@click.command()
def shell() -> None:
    """Open a Python shell with `session` and the models. Changes are stored only by session.commit()."""
    with session(changing=False) as opened:
        names = {name: getattr(models, name) for name in models.__all__}
        code.interact("session and the models are here, for example session.query(Site).all()", local={
            "session": opened, **names,
        })  # fmt: skip
