"""What an article says, before anything is coded: sentences, words, times, names, clauses, quotes, in this order."""

from __future__ import annotations

from waqai.analysis.clauses import ClauseReader
from waqai.analysis.coreference import Coreferrer
from waqai.analysis.names import NameFinder
from waqai.analysis.quotes import QuoteFinder
from waqai.analysis.sentences import SentenceFinder
from waqai.analysis.times import TimeFinder
from waqai.analysis.titles import PhraseComposer
from waqai.analysis.words import WordReader
from waqai.model import Analysis, Article, Sentence
from waqai.resources import Library

__all__ = ["Analyser"]


class Analyser:
    """Reads articles; loads its tables and models once."""

    def __init__(self, library: Library) -> None:
        self._sentences = SentenceFinder(library)
        self._words = WordReader(library)
        self._times = TimeFinder(library)
        self._names = NameFinder(library)
        self._phrases = PhraseComposer(library)
        self._coreference = Coreferrer(library)
        self._clauses = ClauseReader(library)
        self._quotes = QuoteFinder(library)

    def analyse(self, article: Article) -> Analysis:
        """Everything found in `article`, with offsets into its text."""
        text = article.text
        title_end = len(article.title)
        sentences = tuple(
            Sentence(span, self._words.read(text, span), "title" if span.end <= title_end else "body")
            for span in self._sentences.find(text, title_end)
        )
        times = self._times.find(text, article.published)
        names = self._names.find(text, sentences)
        phrases = self._phrases.compose(text, sentences, names)
        mentions = self._coreference.resolve(text, sentences, phrases)
        mentions = tuple(
            sorted((*mentions, *self._phrases.demonyms(text, sentences)), key=lambda m: (m.span.start, -m.span.end))
        )
        parses = tuple(self._clauses.read(sentence, mentions, times) for sentence in sentences)
        quotes = self._quotes.find(text, sentences, parses, mentions)
        return Analysis(article, sentences, mentions, times, quotes, parses)
