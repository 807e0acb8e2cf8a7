"""Signing in with the account of a university, by OpenID Connect: there only where the settings name one."""
