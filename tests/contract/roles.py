"""The headers of each role on one site, for calls of the API."""

from moderation.services.accounts.tokens import add_token
from tests.factories import CaseFactory, EditorFactory, ReportFactory, SiteFactory, place_in

ROLES = ("nobody", "reader", "viewer", "editor", "admin", "owner")
SITE_KEY = "pk_every_role"


def headers_by_role(session):
    """Make a site with a case. Return the request headers of each role."""
    site = SiteFactory(site_key=SITE_KEY)
    case = CaseFactory(site=site)
    place_in(session, ReportFactory(site=site), case)
    headers = {"nobody": {}, "reader": {"X-Site-Key": SITE_KEY}}
    for role in ROLES[2:]:
        editor = (
            EditorFactory(is_owner=True) if role == "owner" else EditorFactory(role=role, role__site=site)
        )
        headers[role] = {
            "Authorization": f"Bearer {add_token(session, editor, role)}",
            "X-Site-Key": SITE_KEY,
        }
    return headers
