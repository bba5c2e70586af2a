"""The desk: a store read, checked and followed in a browser, right to left. Needs the extra `desk`."""

from waqai.desk.app import create_app

__all__ = ["create_app"]
