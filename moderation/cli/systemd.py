"""`corrigenda systemd`: units for a machine without containers."""

import sys
from pathlib import Path

import click

from moderation.broker import QUEUES
from moderation.standalone.programs import WITHHELD

# Files that the units write to are in /tmp only. The sandbox leaves the network and the database's socket.
_SANDBOX = """\
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectControlGroups=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
ProtectClock=yes
ProtectHostname=yes
ProtectKernelLogs=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM
LockPersonality=yes
CapabilityBoundingSet=
UMask=0027"""

_UNIT = """\
# {path}
[Unit]
Description=Corrigenda: {title}
After=network-online.target postgresql.service redis-server.service
Wants=network-online.target
{more_unit}
[Service]
{service}
User=corrigenda
Group=corrigenda
EnvironmentFile=/etc/corrigenda/environment
UnsetEnvironment={withheld}
{sandbox}
{install}"""

_RUNNING = """\
ExecStart={command} {arguments}
Restart=always
RestartSec=2
TimeoutStopSec=20
LimitNOFILE=65536
MemoryMax=1G"""
_INSTALL = """
[Install]
WantedBy=multi-user.target
"""
_WITHHELD = {
    "migrate": WITHHELD["scheduler"] - {"DATABASE_URL"},
    "web": WITHHELD["web"],
    "upkeep": WITHHELD["fetcher"],
    "scheduler": WITHHELD["scheduler"],
}
"""Variables of the file that a unit does not get. Workers of other queues than `upkeep`: as `worker`."""


@click.command()
@click.option(
    "--write", "directory", type=click.Path(file_okay=False, exists=True, path_type=Path),
    help="Write the units into this directory, such as /etc/systemd/system.",
)  # fmt: skip
def systemd(directory: Path | None) -> None:
    """Print systemd units for the migrations, web, a worker per queue, and the scheduler."""
    for name, text in units(str(Path(sys.executable).with_name("corrigenda"))).items():
        if directory is None:
            click.echo(text)
        else:
            (directory / name).write_text(text)
            click.echo(directory / name)


def units(command: str) -> dict[str, str]:
    """Return the units by their file names. `command` is the path of `corrigenda`."""
    migrate = f"Type=oneshot\nRemainAfterExit=yes\nExecStart={command} db upgrade"
    by_name = {"corrigenda-migrate.service": _unit("migrate", "database migrations", migrate, needs=False)}
    by_name["corrigenda-web.service"] = _unit("web", "web", _running(command, "web"))
    for queue in QUEUES:
        service = _running(command, f"worker --queues {queue}")
        by_name[f"corrigenda-{queue}.service"] = _unit(queue, f"worker for {queue}", service)
    by_name["corrigenda-scheduler.service"] = _unit("scheduler", "scheduler", _running(command, "scheduler"))
    return by_name


def _running(command: str, arguments: str) -> str:
    return _RUNNING.format(command=command, arguments=arguments)


def _unit(name: str, title: str, service: str, *, needs: bool = True) -> str:
    migrate = "corrigenda-migrate.service"
    return _UNIT.format(
        path=f"/etc/systemd/system/corrigenda-{name}.service",
        title=title,
        more_unit=f"Requires={migrate}\nAfter={migrate}\n" if needs else "",
        service=service,
        withheld=" ".join(sorted(_WITHHELD.get(name, WITHHELD["worker"]))),
        sandbox=_SANDBOX,
        install=_INSTALL if needs else "",
    )
