"""Telegram with buttons, against a stand-in that speaks the documented Bot API."""
