"""Review: one event at a time accepted, rejected or corrected; the log; how right the machine was."""

from waqai.desk.review.pages import router

__all__ = ["router"]
