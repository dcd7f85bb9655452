"""Import reports from files and from hexlet-correction."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from moderation.models import OutboxMessage, Report
from tests.support.commands import answer

CSV = """page;wrong;right;seen;who
https://news.example/a?utm_source=x;recieve;receive;2024-03-01 10:00;ann
https://news.example/a;untill;until;2024-03-02T10:00:00Z;ann
https://elsewhere.example/a;teh;the;2024-03-02;bob
https://news.example/b;;x;2024-03-02;
https://news.example/b;wich;which;tomorrow;
"""
MAP = (
    "--map",
    "url=page",
    "--map",
    "exact=wrong",
    "--map",
    "correction=right",
    "--map",
    "time=seen",
    "--map",
    "reader=who",
)
DUMP = r"""
-- PostgreSQL database dump
COPY public.workspace (id, name) FROM stdin;
1	news
\.
COPY public.typo (id, created_by, created_date, modified_by, modified_date, page_url, reporter_name, reporter_comment, text_before_typo, text_typo, text_after_typo, typo_status, workspace_id) FROM stdin;
1	anonymous	2023-05-04 08:30:00.5	x	2023-05-04 08:30:00	https://news.example/a	Anonymous	two\tparts	Passengers will\n	recieve	 it	REPORTED	1
2	ann	2023-05-04 09:30:00	x	2023-05-04 08:30:00	https://news.example/a	ann	\N	\N	untill	\N	RESOLVED	1
\.
"""  # noqa: E501


@pytest.fixture
def news(run):
    """A site for the reports."""
    return answer(run("site", "add", "News", "--origin", "https://news.example", "--json"))


def write(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_csv_goes_through_intake_with_its_times_and_once(run, news, session, tmp_path):
    path, refused = write(tmp_path, "old.csv", CSV), tmp_path / "refused.csv"
    command = ("import", "csv", path, "--site", "News", *MAP, "--time-zone", "Europe/Moscow", "--json")
    dry = run(*command, "--dry-run")
    assert answer(dry)["would_import"] == 2
    assert session.scalar(select(func.count()).select_from(Report)) == 0
    first = run(*command, "--refused", str(refused))
    assert answer(first) == {
        "imported": 2, "already_present": 0, "refused": 3, "refused_foreign-page": 1, "refused_invalid": 2,
    }  # fmt: skip
    assert "row 4" in first.stderr and "does not belong to this site" in first.stderr
    assert [line.partition(",")[0] for line in refused.read_text().splitlines()] == ["row", "4", "5", "6"]
    again = answer(run(*command))
    assert (again["imported"], again["already_present"]) == (0, 2)
    assert answer(run(*command, "--dry-run"))["already_present"] == 2
    reports = session.scalars(select(Report).order_by(Report.created_at)).all()
    assert [report.created_at for report in reports] == [
        datetime(2024, 3, 1, 7, tzinfo=UTC), datetime(2024, 3, 2, 10, tzinfo=UTC),
    ]  # fmt: skip
    assert reports[0].url == "https://news.example/a"
    assert reports[0].reader_hash == reports[1].reader_hash, "one reader"
    assert session.scalar(select(func.count()).select_from(OutboxMessage)) >= 2


def test_each_reader_of_one_mistake_counts_and_a_row_that_stands_twice_does_not(run, news, session, tmp_path):
    rows = [
        "url,exact,time,reader",
        "https://news.example/a,recieve,2024-03-01T10:00:00Z,ann",
        "https://news.example/a,recieve,2024-03-01T10:00:00Z,bob",
        "https://news.example/a,recieve,2024-03-02T10:00:00Z,",
        "https://news.example/a,recieve,2024-03-03T10:00:00Z,",
        "https://news.example/a,recieve,2024-03-03T10:00:00Z,",
    ]
    command = ("import", "csv", write(tmp_path, "old.csv", "\n".join(rows)), "--site", "News", "--json")
    assert answer(run(*command)) == {"imported": 4, "already_present": 1, "refused": 0}
    assert answer(run(*command)) == {"imported": 0, "already_present": 5, "refused": 0}
    assert len(set(session.scalars(select(Report.reader_hash)))) == 4


def test_json_lines_with_nested_fields_and_a_broken_line(run, news, session, tmp_path):
    lines = (
        '{"url": "https://news.example/a", "quote": {"exact": "recieve", "prefix": "'
        + "x" * 300
        + '"}, "id": 7}\n'
        "{broken\n"
        '{"url": "https://news.example/a", "quote": {"exact": "another"}, "id": 7}\n'
        '{"url": 5, "kind": "typo"}\n'
    )
    done = run("import", "jsonl", write(tmp_path, "old.jsonl", lines), "--site", "News", "--json")
    assert answer(done)["imported"] == 1
    assert answer(done)["refused_key-reused"] == 1
    assert "row 2: the line is not JSON" in done.stderr
    assert "/url: Expected `str`, got `int`; /quote/exact:" in done.stderr
    assert len(session.scalars(select(Report.prefix)).one()) == 200


def test_a_dump_of_hexlet_correction(run, news, session, tmp_path):
    path = write(tmp_path, "typo.sql", DUMP)
    assert answer(run("import", "hexlet", path, "--site", "News", "--json"))["imported"] == 1
    report = session.scalars(select(Report)).one()
    assert (report.exact, report.prefix, report.comment) == ("recieve", "Passengers will\n", "two\tparts")
    assert report.created_at == datetime(2023, 5, 4, 8, 30, 0, 500_000, tzinfo=UTC)
    closed = answer(run("import", "hexlet", path, "--site", "News", "--closed", "--json"))
    assert (closed["imported"], closed["already_present"]) == (1, 1)


def test_what_cannot_be_imported_says_why(run, news, tmp_path):
    path = write(tmp_path, "old.csv", CSV)
    assert "no column has the field 'url'" in run("import", "csv", path, "--site", "News").stderr
    assert (
        "there is no field 'wrong'" in run("import", "csv", path, "--site", "News", "--map", "wrong=x").stderr
    )
    assert "no column 'text'" in run("import", "csv", path, "--site", "News", "--map", "exact=text").stderr
    assert 'No site named "X"' in run("import", "csv", path, "--site", "X").stderr
    assert "no typo table" in run("import", "hexlet", path, "--site", "News").stderr
    endless = write(tmp_path, "endless.csv", f"url,exact\n{'a' * 200_000},x\n")
    refused = run("import", "csv", endless, "--site", "News")
    assert refused.returncode == 1 and "is not CSV: field larger than" in refused.stderr
