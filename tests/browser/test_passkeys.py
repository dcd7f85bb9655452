"""A passkey in Chromium: its virtual authenticator checks the person and stores the key."""

from playwright.sync_api import expect

from tests.support.browsing import OWNER, no_scrollbar, screenshot, violations
from tests.support.running import free_port

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_an_editor_adds_a_passkey_signs_out_and_signs_in_with_it(new_context, running):
    port = free_port()
    with running.another_web(port, CORRIGENDA_BASE_URL=f"http://localhost:{port}"):
        context = new_context(locale="en-GB", viewport={"width": 360, "height": 740})
        page = context.new_page()
        devtools = context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        added = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        base = f"http://localhost:{port}"

        page.goto(f"{base}/desk/sign-in")
        page.get_by_label("Email").fill(OWNER)
        page.get_by_label("Password").fill(running.password)
        page.keyboard.press("Enter")
        page.wait_for_url("**/desk/queue**")
        page.goto(f"{base}/desk/account")
        section = page.get_by_role("region", name="Passkeys")
        section.get_by_label("Name").fill("Work laptop")
        section.get_by_role("button", name="Add passkey").click()
        expect(section.get_by_text("Work laptop")).to_be_visible()
        expect(page.locator("[data-toasts]")).to_contain_text("Passkey added")
        assert violations(page) == [] and no_scrollbar(page)
        screenshot(page, "passkeys-profile", full_page=True)

        context.clear_cookies()
        page.goto(f"{base}/desk/sign-in?next=/desk/account")
        button = page.get_by_role("button", name="Sign in with a passkey")
        expect(button).to_be_visible()
        assert violations(page) == [] and no_scrollbar(page)
        screenshot(page, "passkeys-sign-in", full_page=True)
        button.click()
        expect(section.get_by_text("Last used")).not_to_contain_text("never")

        section.locator("summary").click()
        section.locator("details button").click()
        expect(page.locator("[data-toasts]")).to_contain_text("Passkey removed")
        devtools.send("WebAuthn.removeVirtualAuthenticator", added)
