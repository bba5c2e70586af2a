"""Sentences with room for two parties, and what may be put there; all of it made up for these tests."""

from __future__ import annotations

from dataclasses import dataclass

# States whose names are feminine and have no other meaning, so that any two may change places.
STATES = (
    "تونس", "سوريا", "تركيا", "إيران", "ألمانيا", "فرنسا", "كينيا", "إثيوبيا", "رومانيا", "بولندا", "أوكرانيا",
    "إسبانيا", "موريتانيا", "إريتريا", "كولومبيا", "ماليزيا", "تنزانيا",
)  # fmt: skip
FIRST = ("سالم", "نبيل", "طارق", "عادل", "جواد", "وائل", "حسام", "عبد الرحمن", "ياسين")
LAST = ("الحدادي", "بلعيدون", "العسيلي", "الكرمي", "الزيدي", "الشقصوي", "المرزباني", "الغانمي", "بن صابر")
PEOPLE = tuple(f"{first} {last}" for first in FIRST for last in LAST)

# Nobody in these has to do with the templates' parties.
UNRELATED = (
    "هطلت أمطار غزيرة على سواحل نيوزيلندا وارتفع منسوب الأنهار.",
    "ارتفعت أسعار القمح في بورصة شيكاغو خلال تعاملات هادئة.",
    "افتتح متحف المدينة جناحا جديدا للمخطوطات النادرة أمام الزوار.",
    "قالت ناطقة باسم بلدية ويلينغتون إن حركة السير عادت إلى طبيعتها.",
    "زار رئيس فيتنام نيوزيلندا والتقى رئيسة وزرائها.\nوأدان البلدان القرصنة في المحيط الهادئ.",
)


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence with {a} and {b}; `kind` is what stands there, states or persons; `type` the act of a toward b.

    `{l}` before a party's letter is that party with the preposition لـ written onto it. `parties` is 1 where only
    {a} is there; `mutual` where both do the act, and the first named is the source.
    """

    id: str
    kind: str
    type: str
    text: str
    parties: int = 2

    def fill(self, a: str, b: str = "") -> str:
        """The sentence with the parties in their places."""
        return self.text.format(a=a, b=b, la=joined(a), lb=joined(b))


def joined(name: str) -> str:
    """A name with لـ written onto it."""
    return "لل" + name[2:] if name.startswith("ال") else "ل" + name


def states(id_: str, type_: str, text: str) -> Template:
    return Template(id_, "states", type_, text)


def persons(id_: str, type_: str, text: str, parties: int = 2) -> Template:
    return Template(id_, "persons", type_, text, parties)


TEMPLATES = (
    states("accuse", "ACCUSE", "اتهمت {a} {b} بخرق اتفاق الهدنة."),
    states("accuse-nominal", "ACCUSE", "{a} تتهم {b} بتهريب السلاح إلى أراضيها."),
    states("threaten", "THREATEN", "هددت {a} {b} بفرض رسوم جمركية جديدة."),
    states("sever", "SANCTION", "قطعت {a} علاقاتها الدبلوماسية مع {b}."),
    states("sanction", "SANCTION", "فرضت {a} عقوبات مالية على {b}."),
    states("suspend-aid", "SANCTION", "علقت {a} مساعداتها المالية إلى {b}."),
    states("sign", "SUPPORT", "وقعت {a} معاهدة صداقة مع {b}."),
    states("agree", "AGREE", "اتفقت {a} مع {b} على ترسيم الحدود بينهما."),
    states("pledge", "AGREE", "تعهدت {a} {lb} بتسديد ديونها."),
    states("send-aid", "AID", "أرسلت {a} مساعدات غذائية إلى {b}."),
    states("grant", "AID", "منحت {a} {b} قرضا لبناء محطة للمياه."),
    states("demand", "REQUEST", "طالبت {a} {b} بسحب قواتها من الحدود."),
    states("urge", "REQUEST", "دعت {a} {b} إلى وقف إطلاق النار."),
    states("refuse", "REJECT", "رفضت {a} طلب {b} تأجيل المؤتمر."),
    states("thank", "SUPPORT", "شكرت {a} {b} على دعمها."),
    states("praise", "SUPPORT", "أشادت {a} بجهود {b} في الوساطة."),
    states("recognise", "SUPPORT", "اعترفت {a} رسميا باستقلال {b}."),
    states("criticise", "ACCUSE", "انتقدت {a} قرار {b} إغلاق المعبر."),
    states("apologise", "CONCEDE", "اعتذرت {a} {lb} عن إسقاط الطائرة."),
    states("attack", "ASSAULT", "هاجمت {a} {b} بالصواريخ."),
    states("masses", "MOBILIZE", "حشدت {a} قواتها على حدود {b}."),
    states("drill", "COOPERATE", "أجرت {a} مناورات بحرية مشتركة مع {b}."),
    states("extradite", "COOPERATE", "سلمت {a} {b} ثلاثة مطلوبين."),
    persons("meet", "CONSULT", "التقى {a} {b} في جنيف."),
    persons("receive", "CONSULT", "استقبل وزير الخارجية التونسي {a} وزير الخارجية الكيني {b} في قصر قرطاج."),
    persons("phone", "CONSULT", "أجرى الرئيس الكيني {a} اتصالا هاتفيا مع الرئيس الصومالي {b}."),
    persons("talks", "CONSULT", "عقد الوزير {a} مباحثات مع السفير {b} في عمان."),
    persons("criticise-person", "ACCUSE", "انتقد زعيم المعارضة {a} رئيس الوزراء {b}."),
    persons("accuse-person", "ACCUSE", "اتهم النائب {a} الوزير {b} بالفساد."),
    persons("congratulate", "SUPPORT", "هنأ الرئيس الكيني {a} الرئيس الغاني {b} بعيد الاستقلال."),
    persons("call-to-resign", "REQUEST", "طالب النائب {a} الوزير {b} بالاستقالة."),
    persons("promise", "AGREE", "وعد رئيس البلدية {a} النقيب {b} بصرف الرواتب."),
    persons("arrest", "COERCE", "اعتقلت الشرطة المصرية الناشط {a} في القاهرة.", 1),
    persons("sentence", "COERCE", "حكمت محكمة مصرية على رجل الأعمال {a} بالسجن خمس سنوات.", 1),
    persons("kill", "ASSAULT", "قتل مسلحون الضابط {a} في بنغازي.", 1),
    persons("resign", "RETREAT", "أعلن الوزير التونسي {a} استقالته من منصبه.", 1),
)
