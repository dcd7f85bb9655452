"""The alert rules and the dashboard name only metrics that exist."""

import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from moderation.figures import DELIVERIES, RECHECKS, TRIAGE, SharedFigures
from moderation.metrics import render
from moderation.services.outbox.lanes import CORRECTIONS, TOPICS
from moderation.services.outbox.lanes import DELIVERIES as DELIVERIES_LANE
from tests.factories import InstanceFactory

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "monitoring"
_NAME = re.compile(r"corrigenda_\w+")


@pytest.fixture
def metrics(client, session, engine, redis):
    """The names of all metrics, after a report was refused, a backup was made, and workers worked."""
    client.post("/api/v1/reports")
    InstanceFactory(backed_up_at=datetime.now(UTC))
    figures = SharedFigures(redis)
    with figures.timed(TRIAGE, "load"):
        figures.count(RECHECKS, "read")
    figures.count(DELIVERIES, "webhook", "sent")
    figures.send()
    return set(re.findall(r"^(corrigenda_\w+)", render(engine, redis).decode(), re.MULTILINE))


@pytest.mark.parametrize("name", ["alerts.yml", "dashboard.json"])
def test_every_metric_exists(metrics, name):
    named = set(_NAME.findall((FOLDER / name).read_text()))
    assert named and named - metrics == set()


def test_promtool_accepts_the_alert_rules():
    promtool = shutil.which("promtool")
    assert promtool is not None, "promtool is missing: apt-get install prometheus"
    checked = subprocess.run(
        [promtool, "check", "rules", str(FOLDER / "alerts.yml")], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_every_lane_of_the_documents_and_the_rules_exists():
    documents = [*FOLDER.parent.rglob("*.md"), *FOLDER.iterdir()]
    named = {name for path in documents for name in re.findall(r'lane="([\w.]+)"', path.read_text("utf-8"))}
    assert named and named - {*TOPICS, DELIVERIES_LANE, CORRECTIONS} == set()
