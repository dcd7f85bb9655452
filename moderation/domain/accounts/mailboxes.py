"""Rule for mail addresses, beside what makes an address valid."""


def is_plain(address: str) -> bool:
    """Return whether an address means the mailbox that it names.

    A mail program decodes `=?utf-8?q?...?=` in a header (RFC 2047). Such an address has any number of other
    spellings, and can hold line ends.
    """
    return "=?" not in address
