"""Who did it to whom, by the rules: subject and object, passive, genitive, prepositions, coordination, pronouns."""

from __future__ import annotations

import pytest

from acts import Told, names

CASES = [
    # text, trigger, sources, targets
    ("التقى الوزير التونسي سالم البحري نظيره المالي في باماكو.", "التقى", ["سالم البحري"], ["نظيره المالي"]),
    ("اعتقلت الشرطة المصرية الناشط سالم البحري في القاهرة.", "اعتقلت", ["الشرطة المصرية"], ["سالم البحري"]),
    ("أفرجت السلطات العراقية عن الصحفي سالم البحري.", "أفرجت", ["السلطات العراقية"], ["سالم البحري"]),
    ("طالب المتظاهرون الحكومة السودانية بالاستقالة.", "طالب", ["المتظاهرون"], ["الحكومة السودانية"]),
    ("أطلق الجيش النار على المتظاهرين في الخرطوم.", "أطلق", ["الجيش"], ["المتظاهرين"]),
    # passive, with and without a doer
    ("اعتقل الناشط سالم البحري في تونس.", "اعتقل", [], ["سالم البحري"]),
    # symmetric: the first named is the source
    ("وقعت الجزائر وتونس اتفاقا في الجزائر العاصمة.", "وقعت", ["الجزائر"], ["تونس"]),
    # a noun with its doer in the genitive, or those it befell
    ("زيارة الوزير سالم البحري إلى بغداد تبدأ غدا.", "زيارة", ["سالم البحري"], ["بغداد"]),
    ("مقتل ستة جنود في انفجار.", "مقتل", [], ["ستة جنود"]),
    # a subject taken over from the verb before, a pronoun that points back to it
    (
        "استقبل الملك سالم البحري رئيس الوزراء الأردني وأجرى معه محادثات.", "وأجرى",
        ["سالم البحري"], ["رئيس الوزراء الأردني"],
    ),
    ("قال الوزير سالم البحري إنه زار بغداد.", "زار", ["سالم البحري"], ["بغداد"]),
    # a pronoun on the link before the verb is its subject
    ("أعلنت الشرطة الليبية أنها اعتقلت سالم البحري.", "اعتقلت", ["الشرطة الليبية"], ["سالم البحري"]),
    # what is spelt as an object is no subject, nor is what stands behind a plural verb
    ("رفضت الحكومة الهدنة واتهمت المتمردين بخرقها.", "واتهمت", ["الحكومة"], ["المتمردين"]),
    # the word that completes the act's name may be its genitive; a second noun behind it is what befell
    ("اتهم الحزب تونس بدعم معارضين في الخارج.", "بدعم", ["تونس"], ["معارضين"]),
    ("انتقد الحزب اتهام الحكومة للمعارضة بالتحريض.", "اتهام", ["الحكومة"], ["للمعارضة"]),
    # who is accused or forced does what stands behind
    ("اتهم الوزير سالم البحري الشرطة بتعذيب المعتقلين.", "بتعذيب", ["الشرطة"], ["المعتقلين"]),
    # each verb has its own clause
    ("التقى الوزير سالم البحري نظيره، وزارت هالة الزيدي القاهرة الاثنين.", "وزارت", ["هالة الزيدي"], ["القاهرة"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "sources", "targets"), CASES, ids=[case[0][:30] for case in CASES])
def test_sides(told: Told, text: str, word: str, sources: list[str], targets: list[str]) -> None:
    act = told(text, word)
    assert (names(act, act.ruled.sources), names(act, act.ruled.targets)) == (sources, targets)


def test_passive_is_noted(told: Told) -> None:
    assert told("اعتقل الناشط سالم البحري في تونس.", "اعتقل").ruled.passive
    assert not told("اعتقلت الشرطة المصرية الناشط سالم البحري.", "اعتقلت").ruled.passive


def test_nobody_stands_on_both_sides(told: Told) -> None:
    for text, word, *_ in CASES:
        sides = told(text, word).ruled
        assert not set(sides.sources) & set(sides.targets)
