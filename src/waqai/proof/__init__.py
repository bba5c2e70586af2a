"""Measures Waqai on this machine, with nothing but what it ships: `waqai bench`."""
