"""The tables, one file per noun. Constraints live here: the database is the truth."""

from moderation.models.base import Base
from moderation.models.case import Case, CaseReader
from moderation.models.decision import Decision
from moderation.models.editor import Editor, Membership, Role
from moderation.models.outbox import OutboxMessage
from moderation.models.page import Page, Revision
from moderation.models.report import Placement, Report, Withdrawal
from moderation.models.selection import Selection
from moderation.models.site import Site
from moderation.models.spam_word import SpamWord
from moderation.models.suggestion import Suggestion
from moderation.models.token import Token

__all__ = [
    "Base",
    "Case",
    "CaseReader",
    "Decision",
    "Editor",
    "Membership",
    "OutboxMessage",
    "Page",
    "Placement",
    "Report",
    "Revision",
    "Role",
    "Selection",
    "Site",
    "SpamWord",
    "Suggestion",
    "Token",
    "Withdrawal",
]
