"""Articles of our own fiction, and hostile ones, that the desk is tested and shown with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from waqai.exports.jsonl import as_dict
from waqai.model import Article
from waqai.pipeline import Waqai

Piece = dict[str, Any]
HOSTILE = "<script>alert(1)</script>"
TURNED = "\u202eمقلوب\u2066"  # a right-to-left override and an isolate, neither closed
LONG = "ع" * 200_000

PIECES: tuple[Piece, ...] = (
    {
        "id": "marsa-1",
        "url": "https://news.example/marsa/1",
        "source": "صحيفة المرسى",
        "published": "2024-05-12",
        "title": "وزير النقل سالم البحري يلتقي نظيرته في ميناء المرسى",
        "authors": ("نادر الشامي",),
        "caption": "الرصيف الشمالي بعد توسعته",
        "credit": "المرسى",
        "outlet_summary": ("بحث الوزيران توسعة الميناء.", "زيارة ثانية في الشهر المقبل."),
        "body": "التقى وزير النقل سالم البحري، الأحد، وزيرة التجارة هالة الزيدي في عمان لبحث توسعة ميناء المرسى.\n"
        "وقال البحري إن «الرصيف الجديد سيفتح أمام السفن قبل نهاية العام»، مضيفا أن الشركة المنفذة التزمت بالمواعيد.\n"
        "ووقع الجانبان اتفاقا لتبادل الخبراء، ومن المقرر أن تزور الزيدي الميناء في 20 يونيو المقبل.\n"
        "ورحب اتحاد عمال الموانئ بالاتفاق، فيما انتقد النائب عادل المهري غياب دراسة عن أثر التوسعة على الصيادين.",
    },
    {
        "id": "marsa-2",
        "url": "https://news.example/marsa/2",
        "source": "صحيفة المرسى",
        "published": "2024-05-14",
        "title": "صيادون يتظاهرون أمام وزارة النقل احتجاجا على توسعة الميناء",
        "body": "تظاهر مئات الصيادين، الثلاثاء، أمام وزارة النقل في عمان احتجاجا على توسعة ميناء المرسى.\n"
        "ودعا عادل المهري الحكومة الأردنية إلى وقف الأشغال حتى نشر الدراسة.\n"
        "ونفت الوزارة أن تكون الأشغال قد أضرت بالصيد، وقالت هالة الزيدي إن «باب الحوار مفتوح».",
    },
    {
        "id": "nahr-1",
        "url": "https://news.example/nahr/1",
        "source": "نشرة النهر",
        "published": "2024-05-15",
        "title": "سالم البحري يتعهد بنشر دراسة الميناء",
        "body": "تعهد وزير النقل سالم البحري، الأربعاء، بنشر دراسة الأثر البيئي خلال أسبوعين.\n"
        "واتهم عادل المهري الوزير سالم البحري بالمماطلة.\n"
        "ومن المقرر أن يلتقي البحري وفدا من الصيادين في 25 مايو الجاري في العقبة.",
    },
    {
        "id": "hostile-1",
        "url": "javascript:alert(1)",
        "source": f"منبر {HOSTILE}",
        "published": "2024-05-10",
        "title": f"عنوان {HOSTILE} {TURNED}",
        "authors": (f"كاتب {HOSTILE}",),
        "caption": f"صورة {HOSTILE} {TURNED}",
        "credit": f"{HOSTILE}",
        "standfirst": f"<img src=x onerror=alert(1)> {TURNED}",
        "outlet_summary": (f"سطر {HOSTILE}",),
        "body": f"التقى سالم البحري هالة الزيدي في عمان. {HOSTILE}\n"
        f"وقال البحري إن «{HOSTILE} <b>كلام</b> &amp; {TURNED}» أمام الصحفيين.\n"
        "<a href='javascript:alert(1)'>رابط</a> \u202e\u202d\u2067 بلا نهاية.",
    },
    {
        "id": "hostile-2",
        "url": "https://news.example/long",
        "source": "منبر الطول",
        "published": "2024-05-09",
        "title": LONG,
        "body": "التقى سالم البحري هالة الزيدي في عمان.",
    },
)


def article_of(piece: Piece) -> Article:
    """The article of one of PIECES."""
    rest = {name: value for name, value in piece.items() if name != "body"}
    return Article(text=f"{piece['title']}\n\n{piece['body']}", **rest)


def records(waqai: Waqai, pieces: tuple[Piece, ...] = PIECES) -> Iterator[dict[str, Any]]:
    """Their records."""
    for piece in pieces:
        yield as_dict(waqai.code(article_of(piece)))
