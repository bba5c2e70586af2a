"""Who may do what at the desk: login, sessions, roles, tokens on forms, limits on rates and sizes."""

from waqai.desk.access.forms import checked_form
from waqai.desk.access.gate import Gate
from waqai.desk.access.login import router

__all__ = ["Gate", "checked_form", "router"]
