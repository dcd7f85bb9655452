"""Labels for the check of an installation: each fault with its remedy."""

from flask_babel import gettext as _

from moderation.domain.sites.install_check import Finding


def finding_label(finding: Finding) -> str:
    """A fault that keeps the widget from working on the page, and its remedy."""
    detail = finding.detail
    return str({**_snippet(detail), **_address(detail), **_policy(detail)}[finding.problem])


def _snippet(detail: str) -> dict[str, str]:
    return {
        "no_snippet": _(
            "The snippet is not in the page. Paste it before </body>, publish, and clear caches."
        ),
        "tag_manager": _(
            "The snippet is not in the page's HTML. If your tag manager adds it, open the "
            "page in a browser and "
            "send a test report: that shows that it works."
        ),
        "in_comment": _("The snippet is inside an HTML comment. Remove <!-- and --> around it."),
        "in_noscript": _(
            "The snippet is inside <noscript> or <template>, where no script runs. Move it out."
        ),
        "wrong_type": _(
            'The script tag has type="%(type)s". Remove the attribute: browsers do not run it, or a consent '
            "tool holds it back.",
            type=detail,
        ),
        "no_key": _("The script tag has no data-site-key. Copy the whole snippet again."),
        "unknown_key": _(
            "The page has another site's key: %(key)s. Copy the snippet of this site.", key=detail
        ),
        "old_key": _("The page still has the old key. It works for now: copy the new snippet soon."),
        "twice": _("The snippet is in the page twice. Once is enough."),
    }


def _address(detail: str) -> dict[str, str]:
    return {
        "domain_not_allowed": _(
            "The page redirects to %(domain)s, which is not one of this site's allowed domains. Add it under "
            "General.",
            domain=detail,
        ),
        "canonical_elsewhere": _(
            "The page's rel=canonical names %(domain)s, and reports would name it too. Add that domain under "
            "General.",
            domain=detail,
        ),
        "other_service": _(
            "The page loads the widget from %(url)s. Copy the snippet of this service.", url=detail
        ),
        "mixed_content": _(
            "The page is https, but the widget's address is http, which browsers block. Set "
            "up https for this "
            "service and copy the snippet again."
        ),
    }


def _policy(detail: str) -> dict[str, str]:
    return {
        "csp_sandbox": _(
            "The page's Content Security Policy has sandbox without allow-scripts: no script runs."
        ),
        "csp_script": _(
            "The page's Content Security Policy blocks the widget. Add this service's "
            "address to %(directive)s.",
            directive=_for_script(detail),
        ),
        "csp_connect": _(
            "The page's Content Security Policy blocks sending reports. Add this service's address to "
            "%(directive)s.",
            directive="connect-src",
        ),
    }


def _for_script(directive: str) -> str:
    return "script-src" if directive == "default-src" else directive
