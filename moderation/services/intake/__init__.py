"""Accept reports: rules, storing, receipts."""
