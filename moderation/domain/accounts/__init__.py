"""Rules of accounts: roles, names, addresses, passwords, and what groups of an identity provider grant."""
