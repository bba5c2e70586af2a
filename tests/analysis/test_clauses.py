"""Units and clauses: every word in one unit, a verb with its subject, objects and prepositional phrases."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from acts import Analyse
from strategies import sentences
from waqai.analysis.analyser import Analyser
from waqai.model import Analysis, Article, Clause


def words_of(analysis: Analysis, unit: int | None) -> str:
    if unit is None:
        return ""
    [sentence], [parse] = analysis.sentences, analysis.parses
    found = parse.units[unit]
    return " ".join(word.span.of(analysis.article.text) for word in sentence.words[found.first : found.last])


def clause(analysis: Analysis, verb: str) -> Clause:
    [parse] = analysis.parses
    return next(found for found in parse.clauses if words_of(analysis, found.verb) == verb)


@pytest.mark.parametrize(
    ("text", "verb", "subject", "objects", "obliques"),
    [
        ("التقى الوزير التونسي سالم البحري نظيره المالي في باماكو.", "التقى", "الوزير التونسي سالم البحري",
         ["نظيره المالي"], [("في", "باماكو")]),
        ("دعا الوزير سالم البحري الحكومة إلى الحوار.", "دعا", "الوزير سالم البحري", ["الحكومة"], [("إلى", "الحوار")]),
        ("الوزير سالم البحري زار القاهرة.", "زار", "الوزير سالم البحري", ["القاهرة"], []),
        ("أفرجت السلطات العراقية عن الصحفي سالم البحري.", "أفرجت", "السلطات العراقية",
         [], [("عن", "الصحفي سالم البحري")]),
        ("شن الطيران الروسي غارات على إدلب.", "شن", "الطيران الروسي", ["غارات"], [("على", "إدلب")]),
    ],
)  # fmt: skip
def test_what_stands_around_a_verb(
    analyse: Analyse, text: str, verb: str, subject: str, objects: list[str], obliques: list[tuple[str, str]]
) -> None:
    analysis = analyse(text)
    [parse] = analysis.parses
    found = clause(analysis, verb)
    assert words_of(analysis, found.subject) == subject
    assert [words_of(analysis, number) for number in found.objects] == objects
    bare = [(parse.units[number].preposition, words_of(analysis, number)) for number in found.obliques]
    assert bare == obliques


def test_a_complement_is_noted_and_has_a_clause_of_its_own(analyse: Analyse) -> None:
    analysis = analyse("أعلن الوزير سالم البحري أن الحكومة سترسل مساعدات إلى السودان.")
    announced = clause(analysis, "سترسل")
    assert clause(analysis, "أعلن").complement and not announced.complement
    assert words_of(analysis, announced.subject) == "الحكومة"


def test_a_second_verb_takes_over_the_subject(analyse: Analyse) -> None:
    analysis = analyse("استقبل الملك سالم البحري رئيس الوزراء الأردني وأجرى معه محادثات.")
    second = clause(analysis, "وأجرى")
    assert second.inherited and words_of(analysis, second.subject) == "الملك سالم البحري"
    assert not clause(analysis, "استقبل").inherited


def test_two_sentences_joined_have_a_subject_each(analyse: Analyse) -> None:
    analysis = analyse("التقى الوزير سالم البحري نظيره العراقي في بغداد، وزارت هالة الزيدي القاهرة الاثنين.")
    assert words_of(analysis, clause(analysis, "وزارت").subject) == "هالة الزيدي"


def test_a_time_is_no_object(analyse: Analyse) -> None:
    analysis = analyse("زار سالم البحري بغداد الاثنين.")
    [parse] = analysis.parses
    assert [words_of(analysis, n) for n, unit in enumerate(parse.units) if unit.kind == "time"] == ["الاثنين"]
    assert [words_of(analysis, n) for n in clause(analysis, "زار").objects] == ["بغداد"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=sentences)
def test_units_part_the_sentence_and_clauses_point_into_them(analyser: Analyser, text: str) -> None:
    analysis = analyser.analyse(Article("a", text, "", published="2024-05-15"))
    for sentence, parse in zip(analysis.sentences, analysis.parses, strict=True):
        covered = [index for unit in parse.units for index in range(unit.first, unit.last)]
        assert covered == list(range(len(sentence.words)))
        assert all(
            parse.units[number].first <= index < parse.units[number].last for index, number in enumerate(parse.unit_at)
        )
        assert all(unit.first <= unit.head < unit.last for unit in parse.units)
        for found in parse.clauses:
            assert 0 <= found.first <= found.verb < found.last <= len(parse.units)
            assert found.subject is None or 0 <= found.subject < len(parse.units)
            assert not {*found.objects} & {*found.obliques} and found.subject not in found.objects
