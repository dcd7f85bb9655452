"""The scripts of the documents do what the text says: they write a file, or make a first call of the API."""

import json
import re
import shlex
import subprocess
from pathlib import Path

from tests.factories import SiteFactory
from tests.support.shell_lines import fenced_blocks

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ("README.md", "docs/install.md")


def block_with(start):
    [block] = [
        found
        for document in ("README.md", "docs/install.md")
        for found in fenced_blocks(ROOT, document)
        if start in found
    ]
    return block


def test_the_written_env_has_what_the_compose_file_demands(tmp_path):
    script = block_with("cat > .env").partition("\ndocker compose")[0]
    subprocess.run(["sh", "-euc", script], cwd=tmp_path, check=True, timeout=30)
    written = dict(line.split("=", 1) for line in (tmp_path / ".env").read_text("utf-8").splitlines())
    demanded = set(re.findall(r"\$\{(\w+):?\?", (ROOT / "docker-compose.yml").read_text("utf-8")))
    assert demanded and demanded <= {name for name, value in written.items() if value}


def test_the_page_for_a_first_report_is_written(tmp_path):
    script = block_with("mkdir my-page").partition("python3")[0]
    subprocess.run(["sh", "-euc", script], cwd=tmp_path, check=True, timeout=30)
    assert "works wil end" in (tmp_path / "my-page/index.html").read_text("utf-8")


def test_the_call_of_the_readme_is_accepted(client, session):
    site = SiteFactory(origins=["https://news.example"])
    words = shlex.split(block_with("curl -X POST").partition("\n#")[0].replace("\\\n", " "))
    headers = dict(words[at + 1].split(": ") for at, word in enumerate(words) if word == "-H")
    body = json.loads(words[words.index("-d") + 1])
    answer = client.post(
        "/api/v1/reports",
        json=body,
        headers=headers | {"X-Site-Key": site.site_key},
        base_url="https://typos.example",
    )
    assert answer.status_code == 202, answer.text
