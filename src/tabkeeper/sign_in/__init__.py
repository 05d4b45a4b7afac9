"""Signing in and out: a token is checked, kept where it is safe, and its account given a file. No Qt here."""
