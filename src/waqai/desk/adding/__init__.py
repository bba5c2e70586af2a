"""Adding articles: a text pasted, a file, an address."""
