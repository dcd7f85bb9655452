"""The tables, one file per noun. Constraints live here: the database is the truth."""

from moderation.models.audit_entry import AuditEntry
from moderation.models.base import Base
from moderation.models.bulk import Bulk, BulkItem
from moderation.models.case import Case, CaseReader
from moderation.models.decision import Decision
from moderation.models.desk_session import DeskSession
from moderation.models.editor import Editor, Membership
from moderation.models.invitation import Invitation, PasswordReset
from moderation.models.outbox import OutboxMessage
from moderation.models.page import Page, Revision
from moderation.models.report import Placement, Report, Withdrawal
from moderation.models.saved_view import SavedView
from moderation.models.selection import Selection
from moderation.models.site import Site
from moderation.models.spam_word import SpamWord
from moderation.models.suggestion import Suggestion
from moderation.models.tally import TalliedDay, Tally
from moderation.models.token import Token

__all__ = [
    "AuditEntry",
    "Base",
    "Bulk",
    "BulkItem",
    "Case",
    "CaseReader",
    "Decision",
    "DeskSession",
    "Editor",
    "Invitation",
    "Membership",
    "OutboxMessage",
    "Page",
    "PasswordReset",
    "Placement",
    "Report",
    "Revision",
    "SavedView",
    "Selection",
    "Site",
    "SpamWord",
    "Suggestion",
    "TalliedDay",
    "Tally",
    "Token",
    "Withdrawal",
]
