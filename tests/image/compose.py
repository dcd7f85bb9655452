"""The services of docker-compose.yml that run our image."""

from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

_FILE = Path(__file__).resolve().parents[2] / "docker-compose.yml"
SERVICES = ("web", "worker", "backup", "scheduler")
"""Those that run all the time. PostgreSQL and Redis run beside the image here."""


def compose() -> dict[str, Any]:
    """Return all services of the file."""
    services: dict[str, Any] = yaml.safe_load(_FILE.read_text())["services"]
    return services


def own_variables(env: dict[str, str], service: str) -> dict[str, str]:
    """Return the variables that the file gives to a service, and the port, which all share here."""
    given = {*compose()[service]["environment"], "CORRIGENDA_PORT"}
    return {name: value for name, value in env.items() if name in given}
