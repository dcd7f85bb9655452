"""The documents refer only to what is in the repository."""

import re
import subprocess
from pathlib import Path

import pytest

from moderation.domain.cases.lifecycle import STATUSES, allowed
from moderation.models import Base

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted(
    path.relative_to(ROOT)
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob(".github/**/*.md")]
)
_LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_every_relative_link_of_a_document_leads_to_a_file(document):
    text = re.sub(r"```.*?```", "", (ROOT / document).read_text("utf-8"), flags=re.DOTALL)
    links = [link for link in _LINK.findall(text) if "://" not in link and not link.startswith("mailto:")]
    missing = [link for link in links if not (ROOT / document).parent.joinpath(link).exists()]
    assert missing == []


FOR_DEVELOPERS = ("CONTRIBUTING.md", "docs/architecture.md", "docs/glossary.md", "docs/dev/style.md",
                  "docs/dev/where-do-i-add.md", "docs/scaling.md", "docs/security.md")  # fmt: skip
EXAMPLES = re.compile(r"<|NAME|NNNN|\b(words|reports)\.de\.|^utils\.py$")
"""Names of files that a reader of the document will make, and of one that nobody makes."""


@pytest.mark.parametrize("document", FOR_DEVELOPERS)
def test_every_file_that_a_document_for_developers_names_exists(document):
    text = (ROOT / document).read_text("utf-8")
    named = set(re.findall(r"`([\w.<>-][\w./<>-]*\.(?:py|pyi|js|ts|html|css|json))`", text))
    found = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    paths = [f"/{path}" for path in found.splitlines()]
    missing = [
        name
        for name in named
        if not EXAMPLES.search(name) and not any(path.endswith(f"/{name}") for path in paths)
    ]
    assert missing == []


def test_every_folder_of_python_says_what_it_is_for():
    folders = {
        path.parent for top in ("moderation", "worker", "tests") for path in (ROOT / top).rglob("*.py")
    }
    silent = [
        str(folder.relative_to(ROOT))
        for folder in folders
        if not (folder / "__init__.py").read_text("utf-8").startswith('"""')
    ]
    assert silent == []


def test_the_architecture_names_every_room_and_every_module_that_is_in_none():
    text = (ROOT / "docs/architecture.md").read_text("utf-8")
    rooms = [
        path.name for path in (ROOT / "moderation/services").iterdir() if (path / "__init__.py").exists()
    ]
    unnamed = [room for room in rooms if f"\n| {room} |" not in text]
    modules = [path.name for path in (ROOT / "moderation").glob("*.py") if path.name != "__init__.py"]
    assert unnamed + [name for name in modules if name not in text] == []


def test_every_decision_is_in_the_index_and_has_a_status():
    index = (ROOT / "docs/adr/README.md").read_text("utf-8")
    for record in sorted(ROOT.glob("docs/adr/0*.md")):
        assert f"({record.name})" in index, record.name
        assert "\nStatus: " in record.read_text("utf-8"), record.name


def test_the_page_of_the_api_says_which_actions_a_status_allows():
    rows = re.findall(
        r"^\| `(\w+)` \| ((?:`\w+`(?:, )?)+) \|$", (ROOT / "docs/api.md").read_text("utf-8"), re.M
    )
    stated = {status: tuple(re.findall(r"\w+", actions)) for status, actions in rows if status in STATUSES}
    assert stated == {status: allowed(status) for status in STATUSES}


def test_every_test_that_the_security_page_names_exists():
    named = set(re.findall(r"`(test_\w+)`", (ROOT / "docs/security.md").read_text("utf-8")))
    sources = [path.read_text("utf-8") for path in ROOT.glob("tests/**/test_*.py")]
    existing = {name for source in sources for name in re.findall(r"def (test_\w+)", source)}
    assert named and named - existing == set()


def test_each_test_of_a_fault_is_in_the_file_that_the_security_page_links():
    text = (ROOT / "docs/security.md").read_text("utf-8")
    links = re.findall(r"\[`(test_\w+)`\]\(\.\./(tests/[^)]+)\)", text)
    wrong = [name for name, path in links if f"def {name}(" not in (ROOT / path).read_text("utf-8")]
    assert links and wrong == []


OPERATE = ROOT / "docs/operate.md"


def section(title):
    """The text under a heading of docs/operate.md."""
    return OPERATE.read_text("utf-8").partition(f"## {title}\n")[2].partition("\n## ")[0]


def test_the_page_for_operators_says_of_every_table_how_long_its_rows_are_kept():
    named = set(re.findall(r"`(\w+)`", section("What grows, and what is deleted")))
    assert set(Base.metadata.tables) - named == set()


def test_every_alert_and_every_check_of_doctor_is_a_symptom_in_the_table_of_incidents():
    incidents = section("When something is wrong")
    alerts = re.findall(r"alert: (\w+)", (ROOT / "docs/monitoring/alerts.yml").read_text("utf-8"))
    checks = set(re.findall(r'yield "([a-z ]+)"', (ROOT / "moderation/cli/doctor.py").read_text("utf-8")))
    assert alerts and [name for name in alerts if f"`{name}`" not in incidents] == []
    assert checks and [name for name in checks if f"`FAIL  {name}`" not in incidents] == []


def test_every_log_line_of_the_table_of_incidents_is_written_somewhere():
    events = re.findall(r"logs? ((?:`[a-z_]+\.[a-z_]+`(?:, )?)+)", section("When something is wrong"))
    names = re.findall(r"`([^`]+)`", " ".join(events))
    program = "".join(path.read_text("utf-8") for path in (ROOT / "moderation").rglob("*.py"))
    assert names and [name for name in names if f'"{name}"' not in program] == []
