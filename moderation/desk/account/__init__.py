"""Sign-in, single sign-on, profile, password reset and invitations."""
