import csv
import io
import json
import re

import pytest

from moderation.services.cases import export as module
from moderation.services.cases.export import export
from moderation.services.cases.filter import Filter
from tests.factories import CaseFactory, PageFactory, SiteFactory, SuggestionFactory


@pytest.fixture
def site(session):
    return SiteFactory(name="Город")


@pytest.fixture
def made(sessions, site):
    """Exports what matches, whole."""

    def make(format_, **more):
        wanted = more.pop("wanted", Filter())
        parts = export(sessions, [site.id], wanted, format_, **more)
        return b"".join(parts).decode("utf-8-sig" if not more.get("bom") else "utf-8")

    return make


def test_csv_has_a_row_a_case(session, site, made):
    case = CaseFactory(site=site, correction="рассказал", start=3, end=11)
    CaseFactory(), CaseFactory(site=site, status="spam")
    [row] = csv.DictReader(io.StringIO(made("csv", wanted=Filter(status="open"))))
    assert row["id"] == str(case.id) and row["site"] == "Город" and row["passage"] == "расказал"
    assert row["correction"] == "рассказал" and row["decided_at"] == ""


@pytest.mark.parametrize(
    "formula",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("//x")', "＝1+1", "＠SUM(A1)", " =1"],
)
def test_no_cell_is_a_formula(site, made, formula):
    CaseFactory(site=site, exact=formula, page=PageFactory(site=site, title=formula), correction=formula)
    [row] = csv.DictReader(io.StringIO(made("csv")))
    for cell in (row["passage"], row["title"], row["correction"]):
        assert cell.lstrip().startswith("'") and cell.replace("'", "") == formula


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize(
    "text",
    [
        "правка;=cmd|' /C calc'!A0;", "правка; =1+1", "правка\n=1+1", "правка\t@SUM(A1)", "правка;\"=1+1\"",
        "правка,=1+1", "правка;＋1", "правка\r\n-1",
    ],
)  # fmt: skip
def test_no_cell_is_a_formula_whatever_the_separator_of_the_spreadsheet(site, made, text, separator):
    CaseFactory(site=site, exact=text, correction=text)
    raw = made("csv")
    for rows in (
        csv.reader(io.StringIO(raw, newline=""), delimiter=separator),
        csv.reader(raw.splitlines(), delimiter=separator, quoting=csv.QUOTE_NONE),
    ):
        for cell in (cell for row in rows for cell in row):
            assert not re.match(r"[\s\"]*[=+@＝＋－＠]|[\s\"]*-\D", cell), cell


def test_a_dash_in_a_sentence_stays_as_it_is(site, made):
    CaseFactory(site=site, exact="да, - сказал он", correction="кто-то")
    assert "да, - сказал он" in made("csv") and ",кто-то," in made("csv")


def test_csv_may_say_that_it_is_utf_8(site, made):
    assert made("csv", bom=True).startswith("\ufeffid,site") and made("csv").startswith("id,site")


def test_an_export_as_json_lines_has_a_case_per_line(site, made):
    cases = [CaseFactory(site=site) for _ in range(2)]
    assert [json.loads(line)["id"] for line in made("jsonl").splitlines()] == [str(case.id) for case in cases]


def test_an_export_as_web_annotations_follows_the_standard(session, site, made):
    plain, full = CaseFactory(site=site), CaseFactory(site=site, start=3, end=11, lang="ru")
    SuggestionFactory(case=full, text="рассказал", source="reader", votes=1)
    session.commit()
    collection = json.loads(made("jsonld"))
    assert collection["@context"] == "http://www.w3.org/ns/anno.jsonld"
    first, second = collection["first"]["items"]
    assert first["id"] == f"urn:uuid:{plain.id}" and "body" not in first
    assert second["body"] == {
        "type": "TextualBody", "value": "рассказал", "purpose": "editing", "language": "ru",
    }  # fmt: skip
    quote, position = second["target"]["selector"]
    assert quote["exact"] == "расказал" and (position["start"], position["end"]) == (3, 11)


@pytest.mark.parametrize("format_", ["csv", "jsonl", "jsonld"])
def test_more_than_one_part(site, made, format_, monkeypatch):
    monkeypatch.setattr(module, "_PART", 2)
    ids = [str(CaseFactory(site=site).id) for _ in range(5)]
    text = made(format_)
    assert [text.count(id_) for id_ in ids] == [1] * 5
    if format_ == "jsonld":
        assert len(json.loads(text)["first"]["items"]) == 5


@pytest.mark.parametrize("format_", ["csv", "jsonl", "jsonld"])
def test_nothing_is_a_whole_file_too(made, format_):
    text = made(format_)
    assert {"csv": text.startswith("id,"), "jsonl": text == "", "jsonld": '"items":[' in text}[format_]
