"""The one SQLite file: schema and migrations, rows, transactions with their undo and outbox, backup."""
