"""JSON, lists and JSONL: good rows come out whatever stands beside them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from waqai.errors import InputError, NotArabic, TooLarge, Unreadable
from waqai.model import Article
from waqai.readers import Reader
from waqai.readers.cleaning import clean

ROW = {
    "id": "a1",
    "title": "الوزير يفتتح المعرض",
    "published": "2023-05-14T10:00:00+00:00",
    "body": "افتتح الوزير سالم البحري المعرض.\n\n  ويستمر  عشرة أيام.  ",
}


def read(reader: Reader, text: str) -> list[Article | InputError]:
    return list(reader.read_bytes(text.encode(), name="rows.json"))


def article(reader: Reader, row: object) -> Article:
    [found] = read(reader, json.dumps(row, ensure_ascii=False))
    assert isinstance(found, Article), found
    return found


def test_one_object(reader: Reader) -> None:
    found = article(reader, ROW | {"events": [{"type": "CONSULT"}], "quotes": []})
    assert found.id == "a1"
    assert found.published == ROW["published"]
    assert found.published_from == "given"
    assert found.text == "الوزير يفتتح المعرض\n\nافتتح الوزير سالم البحري المعرض.\nويستمر  عشرة أيام."
    assert found.problems == ()


def test_other_names_of_keys(reader: Reader) -> None:
    found = article(
        reader,
        {"headline": ROW["title"], "text": ROW["body"], "date": "14 مايو 2023", "outlet": "صحيفة الميناء",
         "author": [{"name": "سالم البحري"}, "هالة الزيدي"], "link": "https://example.org/1", "category": "محليات"},
    )  # fmt: skip
    assert (found.published, found.source, found.section) == ("2023-05-14", "صحيفة الميناء", "محليات")
    assert found.authors == ("سالم البحري", "هالة الزيدي")
    assert len(found.id) == 16
    assert found.url == "https://example.org/1"


def test_ids_come_from_content(reader: Reader) -> None:
    row = {key: value for key, value in ROW.items() if key != "id"}
    assert article(reader, row).id == article(reader, row).id
    assert article(reader, row).id != article(reader, row | {"body": "شيء آخر تماما في المدينة."}).id


def test_no_date_is_told(reader: Reader) -> None:
    found = article(reader, {"title": ROW["title"], "body": ROW["body"]})
    assert found.published == found.published_from == ""
    assert found.problems == ("no publication date found; relative dates are left unresolved",)


def test_a_date_that_cannot_be_read_is_told(reader: Reader) -> None:
    assert "cannot be read" in article(reader, ROW | {"published": "قبل يومين"}).problems[0]


def test_seconds_since_the_epoch(reader: Reader) -> None:
    assert article(reader, ROW | {"published": 1684058400}).published == "2023-05-14T10:00:00+00:00"


def test_without_a_title_the_text_is_a_dump(reader: Reader) -> None:
    found = article(reader, {"text": f"{ROW['title']}\n14 مايو 2023\n{ROW['body']}", "url": "https://example.org/1"})
    assert (found.title, found.published, found.published_from) == (ROW["title"], "2023-05-14", "text")


def test_a_body_keeps_its_words_but_not_links_elsewhere(reader: Reader) -> None:
    found = article(reader, ROW | {"body": "افتتح الوزير المعرض.\nاقرأ أيضا: حريق في السوق\n- ويستمر عشرة أيام"})
    assert found.text.split("\n")[2:] == ["افتتح الوزير المعرض.", "- ويستمر عشرة أيام"]


def test_broken_line_is_named_and_the_others_read(reader: Reader) -> None:
    good = json.dumps(ROW, ensure_ascii=False)
    first, broken, empty, last = read(reader, f'{good}\n{{"id": "a2", "title": \n{{"id": "a3"}}\n\n{good}\n')
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert isinstance(broken, Unreadable) and broken.where == "rows.json:2"
    assert isinstance(empty, Unreadable) and empty.where == "rows.json:3" and "no title and no body" in empty.what


def test_broken_first_line(reader: Reader) -> None:
    good = json.dumps(ROW, ensure_ascii=False)
    broken, *rest = read(reader, f'{{"id": "a2", "title":\n{good}\n{good}\n')
    assert isinstance(broken, Unreadable) and broken.where == "rows.json:1"
    assert len(rest) == 2 and all(isinstance(item, Article) for item in rest)


def test_list_with_broken_and_foreign_items(reader: Reader) -> None:
    good = json.dumps(ROW, ensure_ascii=False)
    english = json.dumps({"title": "Harbour opens", "body": "The minister opened the harbour on Sunday."})
    found = read(reader, f'[{good},\n{english},\n7,\n{{"id": x}},\n{good}]')
    assert [type(item) for item in found] == [Article, NotArabic, Unreadable, Unreadable, Article]
    assert [item.where for item in found if isinstance(item, InputError)] == [f"rows.json:{n}" for n in (2, 3, 4)]


@pytest.mark.parametrize(
    "text",
    ['{"a":' * 100_000, "[" * 100_000, '{"title": ' + "9" * 10_000 + "}", "{}", "[]", "{", '{"title": "", "body": ""}'],
)
def test_hostile_json_is_an_error(reader: Reader, text: str) -> None:
    assert all(isinstance(item, InputError) for item in read(reader, text))


def test_deep_json(reader: Reader) -> None:
    [error] = read(reader, '{"title":' + "[" * 100_000)
    assert isinstance(error, TooLarge)


def test_a_long_file_of_rows_is_read_line_by_line(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    row = json.dumps(ROW | {"body": ROW["body"].split("\n")[0] * 4000}, ensure_ascii=False)
    path.write_text(f"{row}\n" * 40 + "{broken\n" + f"{row}\n" * 10, encoding="utf-8")
    assert path.stat().st_size > 10_000_000
    found = list(reader.read(str(path)))
    assert len(found) == 51
    assert [item.where for item in found if isinstance(item, InputError)] == [f"{path}:41"]


def test_quoted_strings_of_gold_articles_stand_in_the_text(reader: Reader, shared: Path) -> None:
    """Every coded string is found in the cleaned text as soon as it is cleaned itself, at the same words."""
    for path in sorted((shared / "gold" / "dev").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        [found] = reader.read(str(path))
        assert isinstance(found, Article), found
        assert (found.id, found.published) == (gold["id"], gold["published"])
        coded = [event[key] for event in gold["events"] for key in ("evidence", "trigger")]
        coded += [item["text"] for key in ("quotes", "times") for item in gold[key]]
        assert [text for text in coded if clean(text) not in found.text] == []
