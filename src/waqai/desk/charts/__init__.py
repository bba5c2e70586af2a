"""Charts drawn by the server as SVG, each with the table it was drawn from."""
