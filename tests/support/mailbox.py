"""A mail server that keeps what arrives."""

from email import message_from_bytes, policy

from aiosmtpd.handlers import Message


def text_of(letter):
    """The text of a mail."""
    return letter.get_body(("plain",)).get_content()


def html_of(letter):
    """The HTML of a mail."""
    return letter.get_body(("html",)).get_content()


class Box(Message):
    """Keeps what arrives. It refuses every recipient with the answer `refuse_recipient`, if that is set."""

    def __init__(self):
        super().__init__()
        self.letters = []
        self.before_answer = lambda: None
        self.refuse_recipient = ""

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        """The name is aiosmtpd's."""
        if self.refuse_recipient:
            return self.refuse_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    def prepare_message(self, session, envelope):
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        self.before_answer()
        return super().prepare_message(session, envelope)

    def handle_message(self, message):
        """It is kept already."""
