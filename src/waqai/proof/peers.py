"""Simpler ways to tell sentences that report a protest or an assault, run on the same sentences as Waqai."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from waqai.arabic import fold

KINDS = ("PROTEST", "ASSAULT")
# Words of the matter, found anywhere in a sentence.
KEYWORDS = {
    "PROTEST": "تظاهر مظاهر متظاهر احتجاج محتج اعتصام معتصم إضراب مضرب مسيرة شغب وقفة عصيان هتاف",
    "ASSAULT": "قتل مقتل قتيل هجوم مهاجم قصف غارة تفجير انفجار اغتيال اشتباك معارك إطلاق طعن جرح جريح جرحى عبوة صاروخ",
}
# Verbs that report one, in the past or the present, with the conjunctions written on them.
_VERBS = {
    "PROTEST": ("تظاهر|[يت]تظاهر|احتج|[يت]حتج|اعتصم|[يت]عتصم|اضرب|[يت]ضرب|خرج|هتف|[يت]هتف|نظم|تجمع|تجمهر|احتشد"),
    "ASSAULT": (
        "قتل|[يت]قتل|هاجم|[يت]هاجم|قصف|[يت]قصف|فجر|[يت]فجر|انفجر|اغتال|اغتيل|طعن|جرح|اصاب|اصيب|اطلق|اعدم|شن|"
        "استهدف|[يت]ستهدف|دمر|ذبح|خطف|سقط"
    ),
}
_ENDING = "(?:وا|ون|ت|تا|ا|ن|ه|ها|هم)?"
FOLDS, SEED = 5, 7


def keyword(kind: str, text: str) -> bool:
    """Whether a word of the matter stands in the text."""
    folded = fold(text)
    return any(fold(word) in folded for word in KEYWORDS[kind].split())


def event_verb(kind: str, text: str) -> bool:
    """Whether a verb that reports one stands in the text."""
    return _PATTERNS[kind].search(fold(text)) is not None


_PATTERNS = {kind: re.compile(rf"\b[وف]?(?:{fold(verbs)}){_ENDING}\b") for kind, verbs in _VERBS.items()}


def n_grams(texts: Sequence[str], answers: Sequence[bool]) -> list[bool] | None:
    """Five-fold answers of logistic regression over character n-grams; None without scikit-learn or enough answers."""
    try:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.model_selection import StratifiedKFold, cross_val_predict
        from sklearn.pipeline import make_pipeline
    except ImportError:
        return None
    if sum(answers) < FOLDS:
        return None
    model = make_pipeline(
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), min_df=2, sublinear_tf=True),
        LogisticRegression(C=10, class_weight="balanced", max_iter=1000),
    )
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    return [bool(said) for said in cross_val_predict(model, list(texts), list(answers), cv=folds)]


def precision_recall_f1(answers: Sequence[bool], said: Sequence[bool]) -> tuple[float, float, float]:
    """Precision, recall and F1 of what was said to be so."""
    both = sum(a and s for a, s in zip(answers, said, strict=True))
    precision, recall = both / (sum(said) or 1), both / (sum(answers) or 1)
    return precision, recall, 2 * precision * recall / (precision + recall) if both else 0.0


def f1(answers: Sequence[bool], said: Sequence[bool]) -> float:
    """F1 alone."""
    return precision_recall_f1(answers, said)[2]


def scores(kind: str, texts: Sequence[str], answers: Sequence[bool]) -> Iterator[tuple[str, float]]:
    """Each peer's name and F1."""
    yield "keywords", f1(answers, [keyword(kind, text) for text in texts])
    yield "event verbs", f1(answers, [event_verb(kind, text) for text in texts])
    learnt = n_grams(texts, answers)
    if learnt is not None:
        yield "char n-grams", f1(answers, learnt)


def told(kind: str, texts: Sequence[str], answers: Sequence[bool]) -> str:
    """The peers' figures in words, and on how much."""
    found = ", ".join(f"{name} {score:.3f}" for name, score in scores(kind, texts, answers))
    return f"{found}; {sum(answers)} of {len(texts)} sentences"
