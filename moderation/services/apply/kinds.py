"""The kinds of CMS: which settings each needs, and how to open it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import quote, urlsplit

import httpcore
import msgspec

from moderation.domain.source.url_rules import InvalidRule, read_rules
from moderation.domain.source.url_rules import Reason as RuleReason
from moderation.integrations.cms.base import Cms, Refused
from moderation.integrations.cms.endpoint import Endpoint
from moderation.integrations.cms.git import GitRepository
from moderation.integrations.cms.git_command import SECONDS
from moderation.integrations.cms.wordpress import WordPress
from moderation.models import CmsConnection
from moderation.models.cms_connection import CmsKind
from moderation.secret_keys import SecretKeys
from moderation.services.apply.send import PATIENCE, Sender
from moderation.services.pages.network import Deadline, PrivateAddress, require_public, resolve
from moderation.services.secret_box import CannotOpen, unseal

REQUIRED: Mapping[CmsKind, tuple[str, ...]] = {
    "wordpress": ("address", "user"),
    "git": ("repository", "rule"),
    "endpoint": ("address",),
}
"""Settings that must not be empty."""
OPTIONAL: Mapping[CmsKind, Mapping[str, str]] = {
    "wordpress": {},
    "git": {"branch": "main", "user": ""},
    "endpoint": {},
}
"""Other settings, with their defaults."""


_BRANCH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,199}")
Reason = Literal["missing", "not_http", "not_https", "branch"] | RuleReason


class InvalidConnection(ValueError):
    """A setting cannot be used; `field` is its name. Pages translate the reason (web/labels/cms.py)."""

    def __init__(self, field: str, reason: Reason, rule: str = "") -> None:
        super().__init__(f"{field} is refused: {reason}")
        self.field = field
        self.reason = reason
        self.rule = rule
        """The line that is wrong, if the setting holds rules."""


def checked(kind: CmsKind, given: Mapping[str, str]) -> dict[str, str]:
    """The settings of a kind, complete. Raises InvalidConnection."""
    settings = {name: given.get(name, "").strip() for name in REQUIRED[kind]}
    for name, value in settings.items():
        if not value:
            raise InvalidConnection(name, "missing")
    settings |= {name: given.get(name, "").strip() or value for name, value in OPTIONAL[kind].items()}
    for name in ("address", "repository"):
        if name in settings:
            require_http(settings[name], name)
    if "rule" in settings:
        try:
            read_rules(settings["rule"])
        except InvalidRule as error:
            raise InvalidConnection("rule", error.reason, error.rule) from None
    if not _BRANCH.fullmatch(settings.get("branch", "main")):
        raise InvalidConnection("branch", "branch")
    return settings


def require_http(address: str, field: str) -> None:
    """Refuse a text that is no web address, or that contains credentials. Raises InvalidConnection."""
    try:
        parts = urlsplit(address)
        is_http = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_http = False
    if not is_http or parts.username or parts.fragment or not (address.isascii() and address.isprintable()):
        raise InvalidConnection(field, "not_http")


@dataclass(frozen=True, slots=True)
class Connector:
    """Opens connections. `private_hosts` are those of CORRIGENDA_PRIVATE_HOSTS."""

    secret_keys: SecretKeys
    private_hosts: frozenset[str]
    folder: Path
    """Where copies of repositories are kept."""
    patience: float = PATIENCE
    """Seconds for one request."""
    git_patience: float = SECONDS
    """Seconds for one command of Git."""

    def __call__(self, connection: CmsConnection) -> Cms:
        """The adapter of a connection. Raises Refused if the stored secret cannot be read."""
        settings, secret, sender = connection.settings, self._secret(connection), self.sender(connection)
        if connection.kind == "wordpress":
            return WordPress(settings["address"], settings["user"], secret, sender)
        if connection.kind == "endpoint":
            return Endpoint(settings["address"], secret, sender)
        addresses = self._allowed_addresses(connection, settings["repository"])
        return GitRepository(
            settings["repository"],
            settings["branch"],
            settings["rule"],
            self.folder,
            settings["user"],
            secret,
            allowed=("http",),
            addresses=addresses,
            seconds=self.git_patience,
        )

    def _allowed_addresses(self, connection: CmsConnection, address: str) -> tuple[str, ...]:
        """Return the checked addresses of a repository's host, to connect to; none for a host that is open.

        Raises Refused.
        """
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        if connection.may_be_private and f"{host}:{port}" in self.private_hosts:
            return ()
        try:
            addresses = resolve(host, port, Deadline(self.patience))
            require_public(host, addresses)
        except PrivateAddress as error:
            raise Refused("private_address", str(error)) from None
        except (httpcore.ConnectError, httpcore.TimeoutException) as error:
            raise Refused("unreachable", str(error)) from None
        return tuple(dict.fromkeys(addresses))

    def sender(self, connection: CmsConnection) -> Sender:
        """Requests that reach private hosts only if an owner made the connection."""
        hosts = self.private_hosts if connection.may_be_private else frozenset[str]()
        return Sender(hosts, patience=self.patience)

    def purge(self, connection: CmsConnection, url: str) -> None:
        """Call the purge address of the connection, if it has one. Raises Refused."""
        if connection.purge_url is None:
            return
        address = connection.purge_url.replace("{url}", quote(url, safe=""))
        body = msgspec.json.encode({"url": url})
        headers = {"Content-Type": "application/json"}
        answer = self.sender(connection)("POST", address, headers=headers, body=body)
        if answer.status >= 300:
            raise Refused(
                "unreachable", f"the cache purge address answers {answer.status}", answer.retry_after
            )

    def _secret(self, connection: CmsConnection) -> str:
        if connection.secret is None:
            return ""
        try:
            return unseal(self.secret_keys, "cms", connection.secret)
        except CannotOpen:
            why = "the stored password cannot be read because SECRET_KEY changed: enter it again"
            raise Refused("misconfigured", why) from None
