"""Tables, one noun per file. Constraints are here: the database is the truth."""

from moderation.models.account_event import AccountEvent
from moderation.models.audit_entry import AuditEntry
from moderation.models.base import Base
from moderation.models.bulk import Bulk
from moderation.models.bulk_item import BulkItem
from moderation.models.case import Case
from moderation.models.case_reader import CaseReader
from moderation.models.cms_connection import CmsConnection
from moderation.models.correction_apply import CorrectionApply
from moderation.models.decision import Decision
from moderation.models.delivery import Delivery
from moderation.models.delivery_batch import DeliveryBatch
from moderation.models.desk_session import DeskSession
from moderation.models.editor import Editor
from moderation.models.email_change import EmailChange
from moderation.models.event import Event
from moderation.models.fix_notice import FixNotice
from moderation.models.installation import Installation
from moderation.models.instance import Instance
from moderation.models.invitation import Invitation
from moderation.models.membership import Membership
from moderation.models.outbox import OutboxMessage
from moderation.models.page import Page
from moderation.models.passkey import Passkey
from moderation.models.password_reset import PasswordReset
from moderation.models.placement import Placement
from moderation.models.report import Report
from moderation.models.revision import Revision
from moderation.models.saved_view import SavedView
from moderation.models.selection import Selection
from moderation.models.server_key import ServerKey
from moderation.models.site import Site
from moderation.models.spam_word import SpamWord
from moderation.models.subscriber import Subscriber
from moderation.models.suggestion import Suggestion
from moderation.models.tallied_day import TalliedDay
from moderation.models.tally import Tally
from moderation.models.telegram_account import TelegramAccount
from moderation.models.telegram_bot import TelegramBot
from moderation.models.telegram_message import TelegramMessage
from moderation.models.token import Token
from moderation.models.widget_day import WidgetDay
from moderation.models.withdrawal import Withdrawal

__all__ = [
    "AccountEvent",
    "AuditEntry",
    "Base",
    "Bulk",
    "BulkItem",
    "Case",
    "CaseReader",
    "CmsConnection",
    "CorrectionApply",
    "Decision",
    "Delivery",
    "DeliveryBatch",
    "DeskSession",
    "Editor",
    "EmailChange",
    "Event",
    "FixNotice",
    "Installation",
    "Instance",
    "Invitation",
    "Membership",
    "OutboxMessage",
    "Page",
    "Passkey",
    "PasswordReset",
    "Placement",
    "Report",
    "Revision",
    "SavedView",
    "Selection",
    "ServerKey",
    "Site",
    "SpamWord",
    "Subscriber",
    "Suggestion",
    "TalliedDay",
    "Tally",
    "TelegramAccount",
    "TelegramBot",
    "TelegramMessage",
    "Token",
    "WidgetDay",
    "Withdrawal",
]
