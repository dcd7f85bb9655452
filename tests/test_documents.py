"""The documents refer only to what is in the repository."""

import re
from pathlib import Path

import pytest

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


def test_every_decision_is_in_the_index_and_has_a_status():
    index = (ROOT / "docs/adr/README.md").read_text("utf-8")
    for record in sorted(ROOT.glob("docs/adr/0*.md")):
        assert f"({record.name})" in index, record.name
        assert "\nStatus: " in record.read_text("utf-8"), record.name


def test_every_test_that_the_security_page_names_exists():
    named = set(re.findall(r"`(test_\w+)`", (ROOT / "docs/security.md").read_text("utf-8")))
    sources = [path.read_text("utf-8") for path in ROOT.glob("tests/**/test_*.py")]
    existing = {name for source in sources for name in re.findall(r"def (test_\w+)", source)}
    assert named and named - existing == set()
