"""The Kubernetes manifests: valid, without privileges, and with names that exist here."""

from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped]

from moderation.broker import QUEUES
from moderation.settings import Settings
from tests.support.commands import check_command

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "kubernetes"
VERSIONS = ("1.32", "1.37")
"""The oldest version that the documents name, and the newest one that the validator knows."""
MANIFESTS = [
    manifest for path in sorted(FOLDER.glob("*.yml")) for manifest in yaml.safe_load_all(path.read_text())
]
PODS = {
    manifest["metadata"]["name"]: manifest["spec"]["template"]
    for manifest in MANIFESTS
    if manifest["kind"] in ("Deployment", "Job")
}
CONFIG = next(manifest for manifest in MANIFESTS if manifest["kind"] == "ConfigMap")


class Recording(dict[str, str]):
    """An environment that remembers which names were asked for."""

    def __init__(self, **values):
        super().__init__(**values)
        self.asked = set()

    def get(self, name, default=None):
        self.asked.add(name)
        return super().get(name, default)


def container_of(pod):
    [container] = pod["spec"]["containers"]
    return container


@pytest.fixture(scope="module")
def validate():
    """Kubernetes' own check. Its import takes a second, which only this module's worker should spend."""
    import kubernetes_validate  # type: ignore[import-untyped]  # noqa: PLC0415

    return kubernetes_validate.validate


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda each: f"{each['kind']}-{each['metadata']['name']}")
def test_kubernetes_accepts_a_manifest(validate, manifest, version):
    validate(manifest, version, strict=True)


@pytest.mark.parametrize("name", PODS)
def test_a_pod_has_no_privileges_and_writes_only_where_a_volume_is(name):
    pod, container = PODS[name]["spec"], container_of(PODS[name])
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["runAsUser"] == 970, "the user of the image"
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]},
    }  # fmt: skip
    assert {mount["name"] for mount in container["volumeMounts"]} == {each["name"] for each in pod["volumes"]}
    assert pod["automountServiceAccountToken"] is False and container["resources"]["limits"]["memory"]
    assert pod["enableServiceLinks"] is False, "a service's links would overwrite CORRIGENDA_PORT"


@pytest.mark.parametrize("name", PODS)
def test_a_pod_runs_a_command_that_exists(name):
    container = container_of(PODS[name])
    probed = container.get("readinessProbe", {}).get("exec", {}).get("command")
    for program, *arguments in [container["command"], *([probed] if probed else [])]:
        assert program == "corrigenda"
        check_command(arguments)


def test_every_setting_exists():
    issuer = {"CORRIGENDA_OIDC_ISSUER": "https://id.example", "CORRIGENDA_BACKUP_DIR": "/backups"}
    complete = {"DATABASE_URL": "postgresql://db/c", "REDIS_URL": "redis://r", "SECRET_KEY": "s" * 32}
    oidc = {
        "CORRIGENDA_OIDC_CLIENT_ID": "i",
        "CORRIGENDA_OIDC_CLIENT_SECRET": "s",
        "CORRIGENDA_OIDC_GROUPS": "a=owner",
    }
    known = Recording(**complete, **issuer, **oidc)
    Settings.from_env(known)
    set_here = {each["name"] for pod in PODS.values() for each in container_of(pod)["env"]} | set(
        CONFIG["data"]
    )
    assert set_here - known.asked == set()
    Settings.from_env({**complete, **CONFIG["data"]})


def test_the_probes_ask_what_the_web_process_answers(client):
    web = container_of(PODS["corrigenda-web"])
    ports = {port["name"]: port["containerPort"] for port in web["ports"]}
    assert ports == {
        "http": int(CONFIG["data"]["CORRIGENDA_PORT"]),
        "metrics": int(CONFIG["data"]["CORRIGENDA_METRICS_PORT"]),
    }
    for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
        asked = web[probe]["httpGet"]
        assert asked["port"] == "http" and client.get(asked["path"]).status_code == 200


def test_every_queue_has_a_worker_and_no_process_a_secret_that_it_does_not_need():
    served, secrets = [], {}
    for name, pod in PODS.items():
        container = container_of(pod)
        if "worker" in container["command"]:
            served += container["command"][-1].split(",")
        secrets[name.removeprefix("corrigenda-")] = {
            each["name"] for each in container["env"] if "valueFrom" in each
        }
    assert sorted(served) == sorted(QUEUES)
    assert secrets["scheduler"] == {"REDIS_URL"} and secrets["migrate"] == {"DATABASE_URL"}
    assert [name for name, held in secrets.items() if "CORRIGENDA_BACKUP_PASSPHRASE" in held] == ["upkeep"]
    assert [name for name, held in secrets.items() if "CORRIGENDA_OIDC_CLIENT_SECRET" in held] == ["web"]


def test_services_and_budgets_choose_pods_that_exist():
    labels = [pod["metadata"]["labels"] for pod in PODS.values()]
    for manifest in MANIFESTS:
        chosen = manifest.get("spec", {}).get("selector")
        if chosen is not None:
            assert chosen.get("matchLabels", chosen) in labels, manifest["metadata"]["name"]
