"""The upgrade: release 0.1.0 accepts a report, and the image takes over its database.

Release 0.1.0 has no tag, and its Dockerfile needs a registry. Its image is built here: its source from the
history, and the packages that it pinned, on the base of today's image.
"""

import json
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

from tests.image.images import Images
from tests.support.running import answers, call, eventually

PREVIOUS = "330ce3475ae5"
"""The last commit of 0.1.0."""
_IMAGE = "localhost/corrigenda-previous"
_DOCKERFILE = """
ARG BASE
FROM ${BASE}
COPY requirements.txt /
RUN python3 -m venv /venv && \\
    /venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r /requirements.txt
COPY . /previous
ENV PATH=/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1
WORKDIR /previous
USER 970:970
"""
EXACT = "аббревеатура"
REPORT = {"url": "https://old.example/a", "quote": {"exact": EXACT, "prefix": "Эта "}}


def has_previous(root: Path) -> bool:
    """Return whether this clone's history goes back to the previous release."""
    found = subprocess.run(["git", "cat-file", "-e", f"{PREVIOUS}^{{commit}}"], cwd=root, check=False)
    return found.returncode == 0


class Previous:
    """The previous release in a container."""

    def __init__(self, images: Images, root: Path, work: Path) -> None:
        """Build its image in the folder `work`."""
        source, dockerfile = work / "source", work / "Dockerfile"
        source.mkdir(parents=True)
        archive = subprocess.run(["git", "archive", PREVIOUS], cwd=root, check=True, capture_output=True)
        subprocess.run(["tar", "-x", "-C", str(source)], input=archive.stdout, check=True)
        dockerfile.write_text(_DOCKERFILE)
        self.images = images
        self.build_seconds = images.build(source, dockerfile, _IMAGE)
        self.container = images.buildah("from", _IMAGE)

    def accept_a_report(self, env: dict[str, str]) -> str:
        """Make its database, and let its web process accept a report. Returns the receipt's token."""
        self._run(env, "db", "upgrade")
        site = json.loads(self._run(env, "site", "add", "Old", "--origin", "https://old.example", "--json"))
        url = f"http://127.0.0.1:{env['CORRIGENDA_PORT']}"
        web = self.images.start(self.container, ["python", "-m", "moderation.cli", "web"], env)
        try:
            eventually(lambda: answers(f"{url}/readyz"), 120)
            status, sent = call(f"{url}/api/v1/reports", REPORT, {"X-Site-Key": site["site_key"]})
            assert status == 202, sent
            return str(sent["receipt"]["token"])
        finally:
            self.images.stop([web], is_old=True)

    def _run(self, env: dict[str, str], *arguments: str) -> str:
        return self.images.run(self.container, ["python", "-m", "moderation.cli", *arguments], env)


def check_upgraded(url: str, token: str, bearer: dict[str, str]) -> float:
    """The report that 0.1.0 left waiting is a case now, and its receipt is valid. Returns the seconds."""
    began = time.monotonic()
    [case] = eventually(lambda: call(f"{url}/api/v1/cases?q={quote(EXACT)}", headers=bearer)[1]["items"], 120)
    assert case["passage"]["exact"] == EXACT
    assert call(f"{url}/api/v1/receipts/{token}")[0] == 200
    return time.monotonic() - began
