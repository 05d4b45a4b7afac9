"""Accounts in the interface: signing in and out, and going from one account to another."""
