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
SECRETS = {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "SECRET_KEY_FALLBACKS", "CORRIGENDA_SMTP_URL",
           "CORRIGENDA_OIDC_CLIENT_SECRET", "CORRIGENDA_BACKUP_PASSPHRASE"}  # fmt: skip
OF_THE_IMAGE = {
    "CORRIGENDA_HOST", "CORRIGENDA_PORT",  # the ports of the service
    "CORRIGENDA_DATA_DIR",  # of `corrigenda run`
    "CORRIGENDA_REPOSITORIES",  # in the container's own /tmp
    "OTEL_EXPORTER_OTLP_ENDPOINT",  # the image has no extra
    "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY",  # Docker's own configuration passes them
}  # fmt: skip
"""Settings that are not passed through."""
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


def test_secrets_and_the_number_of_proxies_have_no_default():
    environment = SERVICES["web"]["environment"]
    for variable in ("SECRET_KEY", "CORRIGENDA_BASE_URL", "CORRIGENDA_TRUSTED_PROXIES"):
        assert f"${{{variable}:?" in environment[variable]
    assert "${POSTGRES_PASSWORD:?" in environment["DATABASE_URL"]
    assert "${REDIS_PASSWORD:?" in environment["REDIS_URL"]
    assert "${REDIS_PASSWORD:?" in SERVICES["redis"]["environment"]["REDISCLI_AUTH"]


def test_no_process_gets_a_secret_that_it_does_not_need():
    known = {name: SECRETS & SERVICES[name]["environment"].keys() for name in OURS}
    database = {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "SECRET_KEY_FALLBACKS"}
    assert known == {
        "migrate": {"DATABASE_URL"},
        "scheduler": {"REDIS_URL"},
        "backup": database | {"CORRIGENDA_BACKUP_PASSPHRASE"},
        "worker": database | {"CORRIGENDA_SMTP_URL"},
        "web": database | {"CORRIGENDA_SMTP_URL", "CORRIGENDA_OIDC_CLIENT_SECRET"},
    }


def test_each_variable_is_documented():
    named = set(re.findall(r"(?<!\$)\$\{(\w+)", (ROOT / "docker-compose.yml").read_text()))
    documents = "".join((ROOT / f"docs/{name}.md").read_text("utf-8") for name in ("operate", "install"))
    assert named and {name for name in named if not re.search(rf"\b{name}\b", documents)} == set()


def test_each_setting_of_the_documents_can_be_set():
    table = (ROOT / "docs/operate.md").read_text("utf-8").partition("## Settings\n")[2].partition("\n## ")[0]
    names = {
        name for row in table.splitlines() for name in re.findall(r"`([A-Z_]{5,})`", row.split(" | ")[0])
    }
    passed = {name for service in OURS for name in SERVICES[service]["environment"]}
    assert names - passed == OF_THE_IMAGE and names >= OF_THE_IMAGE
