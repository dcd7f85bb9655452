"""Pages name the keys that are on the reader's keyboard."""

from playwright.sync_api import expect

ON_A_MAC = "Object.defineProperty(navigator, 'platform', { get: () => 'MacIntel' })"


def test_the_home_page_tells_a_mac_of_its_own_key(running, new_context):
    page = new_context(locale="ru-RU").new_page()
    page.goto(running.url)
    expect(page.locator(".by-keys")).to_contain_text("Ctrl+Enter")
    page.add_init_script(ON_A_MAC)
    page.goto(running.url)
    expect(page.locator(".by-keys")).to_contain_text("⌘+Enter")
    assert page.get_by_text("Ctrl").count() == 0
