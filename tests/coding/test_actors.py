"""A phrase that names an actor is put together from its units; what the article says beats what a row knows."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.coding.actors import ActorCoder
from waqai.coding.actors.forms import noun_forms, peelings, tokens
from waqai.coding.actors.people import office_on
from waqai.model import Mention, Span
from waqai.resources import Library


@cache
def coder() -> ActorCoder:
    return ActorCoder(Library())


def group(phrase: str, kind: str = "group") -> Mention:
    return Mention(Span(0, len(phrase)), kind, phrase, Span(0, len(phrase)), generic=True)


def person(name: str = "سالم البحري", role: str = "", title: str = "") -> Mention:
    return Mention(Span(0, len(name)), "person", name, Span(0, len(name)), title=title, role=role)


ROLES = [
    ("مدير المخابرات العامة الأردنية", "JOR SPY"),
    ("رئيس مجلس النواب الليبي", "LBY LEG"),
    ("رئيس لجنة الدفاع في البرلمان الكيني", "KEN LEG"),
    ("نائب وزير الخارجية البولندي", "POL GOV"),
    ("نائب قائد الجيش المالي", "MLI MIL"),
    ("النائب في البرلمان الدنماركي", "DNK LEG"),
    ("النائب العام السوداني", "SDN JUD"),
    ("المتحدث باسم وزارة الداخلية التونسية", "TUN COP"),
    ("المتحدثة باسم الخارجية الإيرانية", "IRN GOV"),
    ("الناطق باسم الجيش الأوغندي", "UGA MIL"),
    ("سفير الولايات المتحدة لدى إسرائيل", "USA GOV"),
    ("السفير الفرنسي في دمشق", "FRA GOV"),
    ("المبعوث الأممي إلى ليبيا", "--- UNO"),
    ("الأمين العام للأمم المتحدة", "--- UNO"),
    ("وزير الدفاع السابق في مالي", "MLI ELI"),
    ("وزيرة في الحكومة السابقة في غانا", "GHA GOV"),
    ("زعيم المعارضة الفنزويلية", "VEN OPP"),
    ("رئيس نقابة الأطباء المصريين", "EGY LAB"),
    ("رئيس الوزراء الكوري الجنوبي", "KOR GOV"),
    ("المدعي العام في كوريا الشمالية", "PRK JUD"),
    ("رئيس جنوب أفريقيا", "ZAF GOV"),
    ("وزير خارجية سلطنة عمان", "OMN GOV"),
    ("قائد شرطة لندن", "GBR COP"),
    ("أستاذ في جامعة الخرطوم", "SDN EDU"),
    ("مدير منظمة لحماية الصحافيين", "--- NGO"),
    ("المتحدث باسم البيت الأبيض", "USA GOV"),
]


@pytest.mark.parametrize(("role", "code"), ROLES)
def test_a_role_tells_country_and_sector(role: str, code: str) -> None:
    assert coder().code(person(role=role), "") == code


GROUPS = [
    ("ستة جنود ماليين", "MLI MIL"),
    ("متظاهرون فرنسيون", "FRA CVL"),
    ("الشرطة البلجيكية", "BEL COP"),
    ("القوات الحكومية السودانية", "SDN MIL"),
    ("النيابة العامة المصرية", "EGY JUD"),
    ("محكمة تركية", "TUR JUD"),
    ("لاجئون سوريون", "SYR REF"),
    ("ميليشيا مسلحة في مقديشو", "SOM UAF"),
    ("وفد من البرلمان الأردني", "JOR LEG"),
    ("مقاتلو المعارضة السورية", "SYR REB"),
    ("وسائل الإعلام الإيرانية", "IRN JRN"),
    ("منظمة حقوقية في جنيف", "--- NGO"),
    ("مسؤول عسكري أوكراني", "UKR MIL"),
    ("مصدر أمني عراقي", "IRQ COP"),
    ("السلطات القبرصية", "CYP GOV"),
    ("حزب الوفاق الجديد اليمني", "YEM PTY"),
    ("مصر", "EGY GOV"),
    ("واشنطن", "USA GOV"),
    ("الولايات المتحدة الأمريكية", "USA GOV"),
    ("أميركية", "USA GOV"),
    ("الفلسطينيين", "PSE CVL"),
    ("الأتراك", "TUR CVL"),
    ("وزارة الخارجية الهندية", "IND GOV"),
]


@pytest.mark.parametrize(("phrase", "code"), GROUPS)
def test_a_descriptive_phrase_tells_country_and_sector(phrase: str, code: str) -> None:
    assert coder().code(group(phrase), phrase) == code


@pytest.mark.parametrize("clitic", ["", "و", "ب", "ل", "ف", "وب"])
def test_clitics_change_no_code(clitic: str) -> None:
    phrase = f"{clitic}جيش كينيا"
    assert coder().code(group(phrase), phrase) == "KEN MIL"


def test_the_preposition_lam_swallows_an_alef() -> None:
    assert coder().code(group("للجيش الكيني"), "للجيش الكيني") == "KEN MIL"


def test_a_phrase_without_a_country_takes_the_articles() -> None:
    assert coder().code(group("الجيش"), "الجيش", home="TCD") == "TCD MIL"
    assert coder().code(group("الجيش"), "الجيش") == "--- MIL"


def test_international_bodies_have_no_country() -> None:
    assert coder().code(group("منظمة إنسانية فرنسية"), "", home="SYR") == "--- NGO"


def test_a_title_serves_where_no_role_does() -> None:
    assert coder().code(person(title="العميد الركن"), "", home="IRQ") == "IRQ MIL"
    assert coder().code(person(title="الشيخ الدكتور"), "") == "--- UNK"


def test_the_role_beats_the_title() -> None:
    assert coder().code(person(role="وزير الداخلية اللبناني", title="العميد"), "") == "LBN GOV"


def test_a_town_is_no_body_of_the_same_letters() -> None:
    """The article belongs to a name of one word: الدوما is a parliament, دوما a town."""
    assert coder().code(group("دوما", "place"), "دوما") != "RUS LEG"


def test_the_country_an_article_is_about() -> None:
    text = "الجيش الكيني ينتشر في نيروبي\n\nقالت كينيا إن الشرطة الكينية أوقفت رجلا من أوغندا."
    assert coder().home((), text) == "KEN"
    assert coder().home((), "اجتمع الوفدان أمس.") == ""


def test_what_can_act_among_places() -> None:
    assert coder().acts(group("طهران", "place"))
    assert coder().acts(group("الولايات المتحدة", "place"))
    assert not coder().acts(group("شمال مصر", "place"))
    assert not coder().acts(group("بنغازي", "place"))


OFFICES = [
    {"code": "EGY MIL", "from": "2008", "to": "2012-08"},
    {"code": "EGY GOV", "from": "2012-08", "to": "2015"},
]


@pytest.mark.parametrize(
    ("day", "code"),
    [("2007-01-01", "EGY MIL"), ("2010-05-05", "EGY MIL"), ("2014-05-05T10:00:00", "EGY GOV"),
     ("2015-12-31", "EGY GOV"), ("2016-01-01", "EGY ELI"), ("", "EGY GOV")],
)  # fmt: skip
def test_the_office_is_that_of_the_day(day: str, code: str) -> None:
    assert office_on(OFFICES, day) == code


def test_offices_none() -> None:
    assert office_on([], "2018") == ""


def test_an_analysts_rows_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "actors"
    folder.mkdir()
    row = '[[institution]]\nid = "x.crows"\nname = ["محفل الغربان"]\nsector = "LEG"\nexample = "محفل الغربان"\n'
    (folder / "mine.toml").write_text(row, encoding="utf-8")
    mine = ActorCoder(Library(tmp_path))
    assert mine.code(person(role="عضو محفل الغربان"), "") == "--- LEG"


arabic_words = st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويةىء أإآ#_«»،", max_size=60)


@given(arabic_words, arabic_words, arabic_words)
def test_any_mention_gets_a_code_of_the_right_shape(name: str, role: str, title: str) -> None:
    code = coder().code(person(name, role, title), name)
    assert len(code) == 7
    assert code[3] == " "
    assert code[4:].isupper()


@given(st.text(alphabet="ابتجحدرسصطعفقكلمنهوي", min_size=3, max_size=9))
def test_every_form_of_a_word_is_peeled_back_to_it(word: str) -> None:
    for form in noun_forms(word):
        assert form in peelings("وب" + form)


def test_tokens_drop_hashes_and_underscores() -> None:
    assert tokens("#سالم_البحري، إبراهيم") == ["سالم", "البحري", "ابراهيم"]


def test_a_role_told_once_holds_for_later_mentions() -> None:
    text = "قال قائد الجيش الكيني سالم البحري إنه باق. وأضاف البحري."
    first, later = text.index("سالم"), text.rindex("البحري")
    mentions = (
        Mention(
            Span(first - 18, first + 11), "person", "سالم البحري", Span(first, first + 11), role="قائد الجيش الكيني"
        ),
        Mention(Span(later, later + 6), "person", "سالم البحري", Span(later, later + 6)),
    )
    assert coder().codes(mentions, text) == ("KEN MIL", "KEN MIL")


def test_a_number_of_people_yields_to_what_they_are() -> None:
    assert coder().code(group("آلاف المسلحين"), "")[4:] == "UAF"
    assert coder().code(group("عشرات الآلاف"), "")[4:] == "CVL"


def test_a_people_of_many_states_takes_the_articles_country() -> None:
    assert coder().code(group("مقاتلون أكراد"), "", home="IRQ") == "IRQ REB"
    assert coder().code(group("مسؤول كردي"), "", home="SYR") == "SYR GOV"


def test_a_plain_word_has_no_plural_that_means_something_else() -> None:
    assert coder().phrase("المفاوضات").sector == ""
    assert coder().phrase("المباحثات").sector == ""
    assert coder().phrase("المفاوضون").sector == "GOV"


def test_refugees_are_not_of_the_articles_country() -> None:
    assert coder().code(group("اللاجئين"), "", home="LBN") == "--- REF"
    assert coder().code(group("لاجئين سوريين"), "", home="LBN") == "SYR REF"
