"""Whether the tables could be spread over several databases by site: docs/scaling.md.

Then a unique key must contain the site, and a foreign key must lead to a row of the same site or to a table
that every database has. What does neither is listed here with its reason. A new key that is not listed fails.
"""

from sqlalchemy import ForeignKeyConstraint, PrimaryKeyConstraint, UniqueConstraint

from moderation.models import Base

TABLES = Base.metadata.tables
EVERYWHERE = {
    "instance": "one row for the instance",
    "site": "what all others refer to: one row per site",
    "editor": "people work for several sites",
    "desk_session": "belongs to an editor",
    "email_change": "belongs to an editor",
    "account_event": "belongs to an editor",
    "passkey": "belongs to an editor",
    "password_reset": "belongs to an editor, or to nobody",
    "saved_view": "belongs to an editor, and may show several sites",
    "telegram_account": "belongs to an editor",
    "token": "belongs to an editor",
    "invitation": "its link names no site",
    "membership": "read by editor at each request of the desk",
    "server_key": "found by its digest before the site is known",
    "subscriber": "few rows per site; a member's mail is read by editor",
    "telegram_bot": "belongs to a subscriber; one bot serves one site only",
    "bulk": "an editor's action on cases of several sites",
}
"""Small tables that every database has whole (Citus: reference tables)."""

OWN_ID = "a UUID of its own: with the site it is as unique"
PARENT = "named by rows whose site is that of their parent, and whose id is a UUID"
KEYS = {
    ("audit_entry", "id"): OWN_ID,
    ("bulk_item", "bulk_id", "case_id"): PARENT,
    ("case", "id"): OWN_ID,
    ("case_reader", "case_id", "reader_hash"): PARENT,
    ("correction_apply", "id"): OWN_ID,
    ("correction_apply", "case_id"): PARENT,
    ("decision", "id"): OWN_ID,
    ("delivery", "id"): OWN_ID,
    ("delivery_batch", "id"): OWN_ID,
    ("event", "id"): OWN_ID,
    ("event", "subject_id", "type"): PARENT,
    ("fix_notice", "report_id"): PARENT,
    ("outbox_message", "id"): OWN_ID,
    ("page", "id"): OWN_ID,
    ("placement", "report_id"): PARENT,
    ("report", "id"): OWN_ID,
    ("revision", "id"): OWN_ID,
    ("selection", "id"): OWN_ID,
    ("suggestion", "id"): OWN_ID,
    ("telegram_message", "subscriber_id", "case_id"): PARENT,
    ("withdrawal", "report_id"): PARENT,
}
"""Unique keys without the site, of tables that would be spread. Each gets the site as a further column."""

SAME_SITE = "both rows belong to one site: the key gets the site as a further column"
FOREIGN_KEYS = {
    ("bulk_item", "case_id"): SAME_SITE,
    ("case", "merged_into_id"): SAME_SITE,
    ("case", "page_id"): SAME_SITE,
    ("case_reader", "case_id"): SAME_SITE,
    ("correction_apply", "case_id"): SAME_SITE,
    ("correction_apply", "reverts_id"): SAME_SITE,
    ("decision", "case_id"): SAME_SITE,
    ("delivery", "event_id"): SAME_SITE,
    ("fix_notice", "report_id"): SAME_SITE,
    ("placement", "case_id"): SAME_SITE,
    ("placement", "report_id"): SAME_SITE,
    ("placement", "selection_id"): SAME_SITE,
    ("revision", "page_id"): SAME_SITE,
    ("selection", "case_id"): SAME_SITE,
    ("selection", "page_id"): SAME_SITE,
    ("selection", "revision_id"): SAME_SITE,
    ("suggestion", "case_id"): SAME_SITE,
    ("telegram_message", "case_id"): SAME_SITE,
    ("withdrawal", "report_id"): SAME_SITE,
}
"""Foreign keys between tables that would be spread."""


def spread():
    return [table for name, table in TABLES.items() if name not in EVERYWHERE]


def unique_keys(table):
    for constraint in table.constraints:
        if isinstance(constraint, (PrimaryKeyConstraint, UniqueConstraint)):
            yield tuple(column.name for column in constraint.columns)
    for index in table.indexes:
        if index.unique:
            yield tuple(column.name for column in index.columns)


def foreign_keys(table):
    constraints = [each for each in table.constraints if isinstance(each, ForeignKeyConstraint)]
    return [(tuple(each.column_keys), each.referred_table.name) for each in constraints]


def test_every_unique_key_contains_the_site_or_has_a_reason():
    found = {(table.name, *key) for table in spread() for key in unique_keys(table) if "site_id" not in key}
    assert found == KEYS.keys()


def test_every_foreign_key_stays_in_its_site_or_has_a_reason():
    found = {
        (table.name, *columns)
        for table in spread()
        for columns, referred in foreign_keys(table)
        if "site_id" not in columns and referred not in EVERYWHERE
    }
    assert found == FOREIGN_KEYS.keys()


def test_a_table_that_every_database_has_refers_to_no_table_that_is_spread():
    led_out = {
        (name, referred)
        for name in EVERYWHERE
        for _, referred in foreign_keys(TABLES[name])
        if referred not in EVERYWHERE
    }
    assert led_out == set() and EVERYWHERE.keys() <= TABLES.keys()
