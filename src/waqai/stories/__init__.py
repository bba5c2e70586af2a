"""Many reports, one event; many events, one thread; what was planned, and whether it came about.

`linking.Linker` keeps the stories of a store; `events`, `threads` and `register` answer questions about them.
"""
