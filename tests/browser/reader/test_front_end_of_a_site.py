"""A front end of the site's own, through widget/api.js."""

import pytest
from playwright.sync_api import expect

from tests.support.widget import dialog_of

_REPORT = """async ([home, siteKey, url]) => {
  window.heard = [];
  for (const name of ["sent", "error"])
    document.addEventListener(`corrigenda:${name}`, ({detail}) => heard.push([name, detail]));
  const { report } = await import(`${home}/widget/api.js`);
  return report({url, quote: {exact: "слово"}, correction: "дело"}, {siteKey});
}"""
_OPEN = """async ([home, siteKey]) => {
  const { open } = await import(`${home}/widget/api.js`);
  getSelection().selectAllChildren(document.querySelector("h1"));
  window.outcome = undefined;
  open({siteKey}).then((outcome) => { window.outcome = outcome; });
}"""


@pytest.fixture
def front_end(visit, news, running):
    """A page, and how it runs a script with the service's address and the site's key."""
    page = visit()
    return page, lambda script, *more: page.evaluate(script, [running.url, news.key, *more])


def test_a_report_without_the_dialog_is_stored_and_the_page_hears_of_it(front_end, news, stored):
    page, run = front_end
    url = f"{news.url}/front-end"
    result = run(_REPORT, url)
    assert "/r/" in result["receipt"]["url"]
    assert stored(url) == {"слово": 1}
    assert page.evaluate("heard") == [["sent", {"receipt": result["receipt"]}]]


def test_a_refused_report_says_why_and_the_page_hears_of_it(front_end):
    page, run = front_end
    assert run(_REPORT, "https://elsewhere.example/")["problem"] == "refused"
    assert page.evaluate("heard") == [["error", {"problem": "refused"}]]


def test_the_dialog_answers_what_became_of_the_report(front_end):
    page, run = front_end
    run(_OPEN)
    expect(dialog_of(page).locator("mark")).to_have_text("Заголовок без точки")
    page.keyboard.press("Control+Enter")
    expect(dialog_of(page).get_by_role("status")).to_contain_text("Спасибо!")
    page.keyboard.press("Escape")
    page.wait_for_function("window.outcome?.receipt.url.includes('/r/')")


def test_a_dialog_that_was_closed_without_sending_answers_null(front_end):
    page, run = front_end
    run(_OPEN)
    expect(dialog_of(page)).to_be_visible()
    page.keyboard.press("Escape")
    page.wait_for_function("window.outcome === null")
