"""The roles, and the status codes that they get, in the order of ROLES."""

ROLES = ("nobody", "viewer", "editor", "admin", "stranger", "owner")
"""A stranger is an admin of another site; nobody is not signed in and brings no token."""

ALL = (200,) * 6
READS = (302, 200, 200, 200, 404, 200)  # one thing of the site
LISTS = (302, 200, 200, 200, 200, 200)  # what there is, of one's own sites
OWN = (302, 302, 302, 302, 302, 302)  # of one's own account, and back to the page
DECIDES = (302, 403, 302, 302, 404, 302)
RUNS = (302, 403, 403, 200, 404, 200)
CHANGES = (302, 403, 403, 302, 404, 302)
API_RUNS = (401, 403, 403, 200, 404, 200)
API_READS = (401, 200, 200, 200, 404, 200)
API_LISTS = (401, 200, 200, 200, 200, 200)
API_DECIDES = (401, 403, 200, 200, 404, 200)
