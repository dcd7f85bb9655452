"""An installation of several machines: its processes, and how a ledger reaches it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, NullPool, create_engine
from sqlalchemy.orm import Session

from moderation.settings import Settings
from moderation.standalone.stack import Stack
from tests.faults.machines.machine import Machine
from tests.support.running import answers, cli, eventually, free_port

WEB, WORKERS, SCHEDULERS = 3, 3, 2


@dataclass(slots=True)
class Fleet:
    """The machines. `url` is where readers and editors reach them."""

    env: dict[str, str]
    machines: list[Machine]
    ports: list[int]
    engine: Engine
    url: str = ""

    def start(self) -> None:
        """Start all machines, and wait until each web process is ready."""
        for machine in self.machines:
            machine.start()
        for port in self.ports:
            eventually(partial(answers, f"http://127.0.0.1:{port}/readyz"), 240)

    def stop(self) -> None:
        """Stop all machines and the connections to the database."""
        for machine in self.machines:
            machine.ask_to_stop()
        for machine in self.machines:
            machine.stop()
        self.engine.dispose()

    def cli(self, *arguments: str, stdin: str | None = None, check: bool = True) -> Any:
        """Run another `corrigenda` command on this installation. --json output is parsed."""
        done = cli(*arguments, stdin=stdin, cwd=Path("/"), **self.env)
        assert done.returncode == 0 or not check, done.stderr
        return json.loads(done.stdout) if "--json" in arguments else done.stdout

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Open a session on the database that all machines share."""
        with Session(self.engine, expire_on_commit=False) as opened:
            yield opened


def make_fleet(stack: Stack, directory: Path, private_host: str, source: Path) -> Fleet:
    """Make the machines in a directory, but start none. The stack's servers are external to them.

    `source` is the folder of the program that they run.
    """
    env = {
        **stack.env,
        "PYTHONPATH": str(source),
        "CORRIGENDA_PRIVATE_HOSTS": private_host,
        "CORRIGENDA_READER_LIMIT": "",
        "CORRIGENDA_SITE_LIMIT": "",
        "CORRIGENDA_TRUSTED_PROXIES": "1",
        "CORRIGENDA_WEB_WORKERS": "1",
    }
    ports = [free_port() for _ in range(WEB)]
    webs = [
        _machine(directory, f"web-{number}", ("web",), {**env, "CORRIGENDA_PORT": str(port)})
        for number, port in enumerate(ports, 1)
    ]
    workers = [_machine(directory, f"worker-{number}", ("worker",), env) for number in range(1, WORKERS + 1)]
    beats = [
        _machine(directory, f"scheduler-{number}", ("scheduler",), env) for number in range(1, SCHEDULERS + 1)
    ]
    engine = create_engine(Settings.from_env(env).sqlalchemy_url, poolclass=NullPool)
    return Fleet(env, [*webs, *workers, *beats], ports, engine)


def _machine(directory: Path, name: str, arguments: tuple[str, ...], env: dict[str, str]) -> Machine:
    return Machine(name, arguments, directory / name, env)
