"""Values and rules of time keeping: no input or output, no Qt, nothing that waits."""
