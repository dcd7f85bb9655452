"""Factories of rows for tests, by room. Each model has one, and none needs an argument."""

from tests.factories.accounts import (
    PASSWORD,
    AccountEventFactory,
    DeskSessionFactory,
    EditorFactory,
    EmailChangeFactory,
    InvitationFactory,
    MembershipFactory,
    PasskeyFactory,
    PasswordResetFactory,
    TelegramAccountFactory,
    TokenFactory,
)
from tests.factories.apply import CmsConnectionFactory, CorrectionApplyFactory
from tests.factories.cases import (
    BulkFactory,
    BulkItemFactory,
    CaseFactory,
    CaseReaderFactory,
    DecisionFactory,
    PlacementFactory,
    SavedViewFactory,
    SelectionFactory,
    SpamWordFactory,
    SuggestionFactory,
    place_in,
)
from tests.factories.insight import TalliedDayFactory, TallyFactory
from tests.factories.instance import InstanceFactory
from tests.factories.notify import SubscriberFactory, TelegramBotFactory, TelegramMessageFactory
from tests.factories.outbox import (
    DeliveryBatchFactory,
    DeliveryFactory,
    EventFactory,
    OutboxMessageFactory,
)
from tests.factories.pages import PageFactory, RevisionFactory
from tests.factories.reports import FixNoticeFactory, ReportFactory, WithdrawalFactory
from tests.factories.row import NOON, bind
from tests.factories.sites import (
    AuditEntryFactory,
    InstallationFactory,
    ServerKeyFactory,
    SiteFactory,
    WidgetDayFactory,
)

__all__ = [
    "NOON",
    "PASSWORD",
    "AccountEventFactory",
    "AuditEntryFactory",
    "BulkFactory",
    "BulkItemFactory",
    "CaseFactory",
    "CaseReaderFactory",
    "CmsConnectionFactory",
    "CorrectionApplyFactory",
    "DecisionFactory",
    "DeliveryBatchFactory",
    "DeliveryFactory",
    "DeskSessionFactory",
    "EditorFactory",
    "EmailChangeFactory",
    "EventFactory",
    "FixNoticeFactory",
    "InstallationFactory",
    "InstanceFactory",
    "InvitationFactory",
    "MembershipFactory",
    "OutboxMessageFactory",
    "PageFactory",
    "PasskeyFactory",
    "PasswordResetFactory",
    "PlacementFactory",
    "ReportFactory",
    "RevisionFactory",
    "SavedViewFactory",
    "SelectionFactory",
    "ServerKeyFactory",
    "SiteFactory",
    "SpamWordFactory",
    "SubscriberFactory",
    "SuggestionFactory",
    "TalliedDayFactory",
    "TallyFactory",
    "TelegramAccountFactory",
    "TelegramBotFactory",
    "TelegramMessageFactory",
    "TokenFactory",
    "WidgetDayFactory",
    "WithdrawalFactory",
    "bind",
    "place_in",
]
