"""The commands of README, docs/install.md and docs/operate.md, run as they are written there.

Only names of files, directories and the database are replaced. What runs until it is stopped, and `doctor`,
which looks at that, is run by the tests that RUN in tests/support/documented_commands.py names.
"""

import pytest

from tests.support.commands import answer, in_process
from tests.support.databases import empty_database
from tests.support.documented_commands import FENCED, RUN, arguments_of, kind_of

LINES = {
    tuple(arguments_of(line)): line
    for line in FENCED
    if kind_of(line) == "ours" and arguments_of(line)[0] not in RUN
}
"""By their arguments: the Russian pages repeat most of them."""
PASSPHRASE = "correct horse battery\n"


@pytest.fixture
def names(tmp_path, workspace, run):
    """What the words of the documents stand for here: files, and data directories that the servers reach."""
    with_key = tmp_path / "with-key"
    assert run("backup", str(with_key), "--with-secret-key").returncode == 0
    (tmp_path / "system").mkdir()
    return {
        "FILE": str(with_key),
        "PATH": str(tmp_path / "key"),
        "OLD": str(workspace / "documented-old"),
        "NEW": str(workspace / f"documented-{tmp_path.name}"),
        "/var/lib/corrigenda-new": str(workspace / f"documented-{tmp_path.name}"),
        "/srv/backups/corrigenda.tar.gz": str(tmp_path / "backup"),
        "/srv/backups/before-upgrade.backup": str(tmp_path / "backup"),
        "move.tar.gz": str(with_key),
        "/etc/systemd/system": str(tmp_path / "system"),
    }


@pytest.fixture
def site(run):
    """The site that the pages change, unless they add it."""

    def add(name):
        answer(run("site", "add", name, "--origin", "https://other.example", "--json"))

    return add


@pytest.mark.parametrize("line", LINES.values(), ids=[" ".join(arguments)[:60] for arguments in LINES])
def test_a_line_of_the_documents_does_what_it_says(line, names, run, site, engine):
    arguments = [names.get(word, word) for word in arguments_of(line)]
    stdin = PASSPHRASE if "--passphrase-stdin" in arguments else None
    if arguments[:2] == ["site", "set"]:
        site(arguments[2])
    if "--data-dir" in arguments:
        if names["OLD"] in arguments:
            answer(in_process("site", "add", "A", "--origin", "https://a.example", "--json", *arguments[-2:]))
        done = in_process(*arguments, stdin=stdin)
    elif line.text.startswith("DATABASE_URL="):
        with empty_database(engine, "documented") as empty:
            url = empty.url.render_as_string(hide_password=False).replace("+psycopg", "")
            done = run(*arguments, DATABASE_URL=url)
    else:
        done = run(*arguments, stdin=stdin)
    assert done.returncode == 0, done.stderr
