"""The error tree is the one drawn at the top of errors.py, and messages say what, where and what to do."""

from __future__ import annotations

import inspect
import re

import pytest

from waqai import errors
from waqai.errors import InputError, NotArabic, NotFound, TableError, WaqaiError


def test_tree_is_as_drawn() -> None:
    """Every class stands in the drawing, under the class it derives from."""
    drawing = (errors.__doc__ or "").splitlines()
    drawn = {
        match[2]: len(match[1]) // 4
        for line in drawing
        if (match := re.match(r"([│├└─ ]*)(\w+)(?:\s{2,}|$)", line)) and match[2][0].isupper() and "Every" not in line
    }
    classes = {
        name: cls for name, cls in inspect.getmembers(errors, inspect.isclass) if cls.__module__ == errors.__name__
    }
    assert drawn == {name: len(cls.__mro__) - len(Exception.__mro__) - 1 for name, cls in classes.items()}


def test_message_has_what_where_and_what_to_do() -> None:
    error = NotFound("no such file", "a.html", "check the path")
    assert str(error) == "a.html: no such file (check the path)"
    assert (error.what, error.where, error.todo) == ("no such file", "a.html", "check the path")


@pytest.mark.parametrize(
    ("args", "message"),
    [(("broken",), "broken"), (("broken", "f"), "f: broken"), (("broken", "", "mend"), "broken (mend)")],
)
def test_message_leaves_out_what_is_not_known(args: tuple[str, ...], message: str) -> None:
    assert str(InputError(*args)) == message


def test_a_run_goes_on_past_inputs_but_not_past_tables() -> None:
    assert issubclass(NotArabic, InputError) and not issubclass(TableError, InputError)
    assert issubclass(TableError, WaqaiError)
