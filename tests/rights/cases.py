"""Cases at the desk."""

from tests.rights.answers import CHANGES, DECIDES, LISTS, OWN, READS

# endpoint: what to send, and the answers in the order of ROLES. A form with `_` is sent as JSON.
CASES = {
    "GET queue.home": ("/desk/", None, (302,) * 6),
    "GET queue.show": ("/desk/queue", None, LISTS),
    "POST live.show": ("/desk/queue/live", {"since": "2026-01-01T00:00:00Z"}, LISTS),
    "GET case.show": ("/desk/cases/{case}", None, READS),
    "GET case.pane": ("/desk/cases/{case}/pane", None, READS),
    "POST case.announce": ("/desk/cases/{case}/presence", {}, READS),
    "POST decision.create": ("/desk/cases/{case}/decisions", {"version": "1", "action": "accept"}, DECIDES),
    "POST case.change_assignee": ("/desk/cases/{case}/assign", {"assignee": ""}, DECIDES),
    "POST house_word.add": ("/desk/cases/{case}/house-word", {}, CHANGES),
    "POST house_word.remove": ("/desk/cases/{case}/house-word/remove", {}, CHANGES),
    "POST case.merge_into": ("/desk/cases/{case}/merge", {"into": "{other}"}, DECIDES),
    "POST case.take_merge_back": ("/desk/cases/{case}/unmerge", {}, (302, 403, 422, 422, 404, 422)),
    "POST case.split_off": ("/desk/cases/{case}/split", {"report": "{report}"}, DECIDES),
    "POST bulk.chosen": ("/desk/bulk", {"action": "reject", "case": "{case}:1"}, OWN),  # counts what it left
    "GET bulk.confirm": ("/desk/bulk/matching", None, LISTS),
    "POST bulk.matching": (
        "/desk/bulk/matching?site={site}", {"action": "reject", "confirmed": "{open}"},
        (302, 302, 302, 302, 409, 302),
    ),
    "GET bulk.show": ("/desk/bulk/{bulk}", None, (302,) + (404,) * 4 + (200,)),  # the owner's own
    "POST bulk.take_back": ("/desk/bulk/{bulk}/undo", {}, (302,) + (404,) * 4 + (302,)),
    "GET page.index": ("/desk/pages", None, LISTS),
    "GET page.show": ("/desk/pages/{page}", None, READS),
    "POST page.check": ("/desk/pages/{page}/check", {}, DECIDES),
    "GET files.cases": ("/desk/files/cases.csv", None, LISTS),
    "GET insight.show": ("/desk/insight", None, LISTS),
    "GET insight.chart": ("/desk/insight/days.svg", None, LISTS),
    "GET insight.as_csv": ("/desk/insight/figures.csv", None, LISTS),
    "GET attention.show": ("/desk/attention", None, (302, 403, 403, 200, 200, 200)),
    "POST attention.again": ("/desk/attention/1", {}, (302, 403, 403, 404, 404, 404)),  # nobody's message
    "POST attention.all_again": ("/desk/attention", {}, (302, 403, 403, 302, 302, 302)),
}  # fmt: skip
