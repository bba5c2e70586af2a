"""Reads what is sent: a text, or the page at an address; the answer is its record, and nothing is stored."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, HTTPException, Request, Response
from pydantic import BaseModel, ConfigDict, Field, model_validator

from waqai.desk.adding.sources import Pasted, from_address, from_text
from waqai.desk.api.answers import answered, documented
from waqai.desk.api.shapes import Record
from waqai.desk.setting import desk_of
from waqai.errors import InputError, NotFound, TooLarge
from waqai.exports.jsonl import as_dict

router = APIRouter(prefix="/api/v1", tags=["read"])


class Asked(BaseModel):
    """A text, or the address of a page: one of them."""

    model_config = ConfigDict(extra="forbid")
    text: str = Field("", max_length=500_000, description="The body, or a whole page dump where no title is given")
    title: str = Field("", max_length=5_000)
    published: str = Field("", max_length=40, description="ISO 8601, to resolve relative times against")
    source: str = Field("", max_length=200, description="The outlet")
    url: str = Field("", max_length=2_048, description="An http or https address of a page")

    @model_validator(mode="before")
    @classmethod
    def known_ones(cls, said: Any) -> Any:
        """Raises for a field there is not, and names those there are."""
        if isinstance(said, dict) and (unknown := [str(name) for name in said if name not in cls.model_fields]):
            raise ValueError(f"no such field: {', '.join(unknown)[:200]} (there are {', '.join(cls.model_fields)})")
        return said

    @model_validator(mode="after")
    def one_of_them(self) -> Asked:
        """Raises where there is neither, or both."""
        if bool(self.text.strip()) == bool(self.url.strip()):
            raise ValueError("give text or url, one of them")
        return self


@router.post("/read", responses=documented(Record, 404, 413), summary="The record of a text or a page")
def read(request: Request, asked: Annotated[Asked, Body()]) -> Response:
    """An address is visited under the rules of the reader: public ones only, robots.txt kept, bounded in size and time.
    Of a page that lists several articles the first is read.
    """
    desk = desk_of(request)
    pasted = Pasted(asked.text, asked.title, asked.published, asked.source)
    found = next(from_address(desk, asked.url.strip()) if asked.url.strip() else from_text(desk, pasted), None)
    if found is None:
        raise HTTPException(422, "no article in it")
    if isinstance(found, InputError):
        status = 413 if isinstance(found, TooLarge) else 404 if isinstance(found, NotFound) and asked.url else 422
        raise HTTPException(status, str(found))
    return answered(request, as_dict(found))
