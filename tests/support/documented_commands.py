"""The commands that the documents show, and the tests that run those of another kind than `corrigenda`."""

import re
from pathlib import Path

from moderation.version import VERSION
from tests.support.shell_lines import Line, fenced_lines

ROOT = Path(__file__).resolve().parents[2]
FIRST = ["README.md", "docs/install.md", "docs/operate.md", "docs/ru/install.md", "docs/ru/operate.md"]
OTHERS = sorted(
    str(path.relative_to(ROOT))
    for path in [ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
    if str(path.relative_to(ROOT)) not in FIRST
)
FENCED = [line for document in FIRST for line in fenced_lines(ROOT, document)]
OTHER_FENCED = [line for document in OTHERS for line in fenced_lines(ROOT, document)]

CLONE = "tests/test_clone.py::test_a_clone_builds_installs_and_takes_a_report_to_its_decision"
PROCESSES = (
    "tests/standalone/test_shared_stack.py::test_doctor_finds_a_stack_healthy_also_after_its_children_died"
)
RUN = {
    "doctor": "tests/cli/test_doctor.py::test_each_failure_says_what_to_do",
    "run": CLONE,
    "scheduler": PROCESSES,
    "web": PROCESSES,
    "worker": PROCESSES,
}
"""The tests that run what runs until it is stopped, and `doctor`, which looks at that."""

HERE = (
    "cat > .env <<END",
    "mkdir my-page",
    "echo '<!doctype html>",
    "curl -X POST https://typos.example.org",
)
ELSEWHERE = {
    "git clone REPOSITORY corrigenda": CLONE,
    "python3 -m venv /opt/corrigenda": CLONE,
    f"/opt/corrigenda/bin/pip install corrigenda-{VERSION}-py3-none-any.whl": CLONE,
}
TOOLS = ("useradd", "install", "python3 -m http.server")


def kind_of(line: Line) -> str | None:
    """Return the kind of a line, of those in tests/test_commands_in_documents.py; None: it is of none."""
    command = line.command
    if re.match(r"(\S*/)?corrigenda ", command):
        return "ours"
    if command.startswith(("make ", "docker compose ", "systemctl ", "export ")):
        return command.split()[0]
    for kind, lines in (("here", HERE), ("elsewhere", ELSEWHERE), ("tool", TOOLS)):
        if any(command.startswith(start) for start in lines):
            return kind
    return None


def arguments_of(line: Line) -> list[str]:
    """Return what follows `corrigenda`, up to a redirection or another command."""
    words = line.words
    at = next(index for index, word in enumerate(words) if re.fullmatch(r"(\S*/)?corrigenda", word))
    rest = words[at + 1 :]
    end = next((index for index, word in enumerate(rest) if word[0] in "<>|&;"), len(rest))
    return rest[:end]
