"""The compose file and the Dockerfile, as far as they can be checked without Docker."""

import re
from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parent.parent
SERVICES = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
OURS = ("migrate", "web", "worker", "backup", "scheduler")
SERVERS = ("postgres", "redis", "caddy")
NEEDED = {
    "postgres": {"CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"},
    "caddy": {"NET_BIND_SERVICE"},
}
EXACT = re.compile(r"\d+\.\d+(\.\d+)?-\S+\Z")


@pytest.mark.parametrize("name", SERVICES)
def test_a_container_has_no_capabilities_but_those_it_needs_and_limits(name):
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["read_only"] is True
    assert service["mem_limit"] and service["pids_limit"]
    assert service["logging"]["options"]["max-size"], "logs are rotated"
    assert set(service.get("cap_add", ())) == NEEDED.get(name, set())


@pytest.mark.parametrize("name", SERVERS)
def test_a_server_is_named_by_an_exact_tag_and_opens_no_port(name):
    assert EXACT.match(SERVICES[name]["image"].partition(":")[2])
    assert "ports" not in SERVICES[name] or name == "caddy"


def test_the_worker_serves_every_queue():
    assert SERVICES["worker"]["command"] == ["corrigenda", "worker"]


def test_only_the_profile_backup_knows_the_passphrase_and_has_the_volume():
    assert SERVICES["backup"]["profiles"] == ["backup"]
    knowing = [name for name in OURS if "CORRIGENDA_BACKUP_PASSPHRASE" in SERVICES[name]["environment"]]
    assert (
        knowing
        == ["backup"]
        == [name for name in SERVICES if "backups:/backups" in SERVICES[name].get("volumes", ())]
    )


def test_the_image_is_built_from_an_exact_tag():
    tags = re.findall(r"^ARG BASE=\S+/python:(\S+)", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert tags and all(EXACT.match(tag) for tag in tags)


@pytest.mark.parametrize("name", OURS)
def test_secrets_and_the_number_of_proxies_have_no_default(name):
    environment = SERVICES[name]["environment"]
    for variable in ("SECRET_KEY", "CORRIGENDA_BASE_URL", "CORRIGENDA_TRUSTED_PROXIES"):
        assert f"${{{variable}:?" in environment[variable]
    assert "${POSTGRES_PASSWORD:?" in environment["DATABASE_URL"]
    assert "${REDIS_PASSWORD:?" in environment["REDIS_URL"]


def test_each_variable_is_documented():
    named = set(re.findall(r"(?<!\$)\$\{(\w+)", (ROOT / "docker-compose.yml").read_text()))
    documents = "".join((ROOT / f"docs/{name}.md").read_text("utf-8") for name in ("operate", "install"))
    assert named and {name for name in named if not re.search(rf"\b{name}\b", documents)} == set()


def test_mail_and_single_sign_on_are_passed_through():
    passed = SERVICES["web"]["environment"].keys()
    names = {"SMTP_URL", "MAIL_FROM", "OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_GROUPS"}
    assert {f"CORRIGENDA_{name}" for name in names} <= passed
    assert SERVICES["worker"]["environment"].keys() == passed
