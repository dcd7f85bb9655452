"""Proof of work, where a site asks for it."""

from playwright.sync_api import expect

from tests.support.widget import open_dialog


def test_a_proof_of_work_is_solved_without_stopping_the_page(visit, running, news):
    running.cli("site", "set", news.name, "--proof-of-work")
    try:
        page = visit()
        dialog = open_dialog(page)
        page.evaluate(
            """() => {
              window.longest = 0;
              let last = performance.now();
              const tick = () => {
                const now = performance.now();
                window.longest = Math.max(window.longest, now - last);
                last = now;
                requestAnimationFrame(tick);
              };
              tick();
            }"""
        )
        page.keyboard.press("Control+Enter")
        expect(dialog.get_by_role("status")).to_contain_text("Спасибо!", timeout=30000)
        assert page.evaluate("window.longest") < 1000
    finally:
        running.cli("site", "set", news.name, "--no-proof-of-work")
