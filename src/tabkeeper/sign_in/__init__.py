"""Signing in and out: a token is checked, kept where it is safe, and its account given a file.

Qt is in `shown` alone, for the command line signs in as well.
"""
