"""Tell people and programs what happened: mail, chats, Telegram, webhooks."""
