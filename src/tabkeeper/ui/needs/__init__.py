"""What needs the person after a sync: refused changes, entries that are gone, values that lost."""
