"""The rules of the server, each in its transaction. Nothing here knows about HTTP."""
