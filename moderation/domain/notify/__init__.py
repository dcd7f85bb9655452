"""Rules for notifications: when a digest is sent."""
