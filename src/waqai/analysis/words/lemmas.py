"""Lemmas of words that are no verbs: the host's ة back from ت, endings off where the shorter spelling is in use."""

from __future__ import annotations

from waqai.analysis.words.clitics import ARTICLE, Cut, Spellings
from waqai.analysis.words.tagger import Nominals

_OPEN = frozenset({"NOUN", "ADJ", "NUM"})
_BEFORE_PRONOUN = {"علي": "على", "إلي": "إلى", "لدي": "لدى"}
# Endings and what may stand in their place, tried in order.
_ENDINGS = (
    ("تين", ("ة",)),
    ("تان", ("ة",)),
    ("ات", ("ة", "")),
    ("ين", ("",)),
    ("ون", ("",)),
    ("ان", ("",)),
    ("ا", ("",)),
)
_LEAST_POWER = 3  # the shorter spelling stands at least four times in the news


class Lemmas:
    """Makes lemmas by what spellings the news uses."""

    def __init__(self, spellings: Spellings, nominals: Nominals) -> None:
        self._spellings, self._nominals = spellings, nominals

    def of(self, cut: Cut, pos: str) -> str:
        """The lemma of a host that is no verb."""
        host = cut.host
        if cut.enclitic:
            host = self._closed_again(cut)
        if pos not in _OPEN or len(host) < 4:
            return host
        for ending, places in _ENDINGS:
            if not host.endswith(ending):
                continue
            stem = host[: -len(ending)]
            if len(stem) < 3:
                continue
            if (pos == "ADJ" or ending == "ا") and self._nominals.adjective(stem):
                return stem
            if ending == "ا" and (cut.proclitics[-1:] == (ARTICLE,) or self._power(host) > self._power(stem) + 1):
                continue
            best = max((stem + place for place in places), key=self._power)
            slack = -1 if ending == "ان" else 3
            if self._power(best) >= max(_LEAST_POWER, self._spellings.power(host) - slack):
                return best
        return self._masculine(host) if pos == "ADJ" else host

    def _closed_again(self, cut: Cut) -> str:
        host = cut.host
        if host in _BEFORE_PRONOUN:
            return _BEFORE_PRONOUN[host]
        if host.endswith("ت") and self._power(host[:-1] + "ة") > self._power(host):
            return host[:-1] + "ة"
        if host.endswith("ا") and self._power(host[:-1] + "ى") > self._power(host):
            return host[:-1] + "ى"
        return host

    def _masculine(self, host: str) -> str:
        if host.endswith("ة") and self._power(host[:-1]) >= _LEAST_POWER:
            return host[:-1]
        return host

    def _power(self, form: str) -> int:
        return max(self._spellings.power(form), self._spellings.power(ARTICLE + form))
