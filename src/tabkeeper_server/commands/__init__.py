"""What an administrator can tell the server to do, one module a group of commands."""
