"""The command line: words in, text or JSON out. No Qt, and no rules of its own."""
