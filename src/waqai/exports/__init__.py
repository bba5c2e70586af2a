"""Records as files other tools read; one module a format."""
