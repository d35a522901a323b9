"""VADER with a domain lexicon: the library's rules, without the work that cannot change a score.

A word outside the lexicon scores zero whatever stands around it, so only the words inside it go
through the rules. A test holds every result equal to the library's.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from vaderSentiment.vaderSentiment import (
    BOOSTER_DICT,
    N_SCALAR,
    NEGATE,
    SentimentIntensityAnalyzer,
    SentiText,
    normalize,
)

from scripts.lib.texts.cleaning import RULES_VERSION

_NEGATE = frozenset(NEGATE)
_TOKEN_CACHE_SIZE = 200_000


class _CachedText:
    """What the library's rules read of a text: its words, and whether some are in capitals."""

    __slots__ = ("is_cap_diff", "text", "words_and_emoticons")

    def __init__(self, text: str, words: list[str], is_cap_diff: bool) -> None:
        self.text = text
        self.words_and_emoticons = words
        self.is_cap_diff = is_cap_diff


class DomainAnalyzer(SentimentIntensityAnalyzer):  # type: ignore[misc]
    """VADER whose lexicon is overridden term by term; a valence of zero removes the term."""

    def __init__(self, overrides: Mapping[str, float]) -> None:
        """Load VADER's lexicon and apply the overrides."""
        super().__init__()
        for term, valence in overrides.items():
            # A zero that stays in the lexicon would still react to capitals and boosters.
            if valence == 0:
                self.lexicon.pop(term, None)
            else:
                self.lexicon[term] = valence
        self._tokens: dict[str, tuple[str, str, bool, bool]] = {}

    def _token(self, raw: str) -> tuple[str, str, bool, bool]:
        word = str(SentiText._strip_punc_if_word(raw))
        lower = word.lower()
        scored = lower in self.lexicon and lower not in BOOSTER_DICT
        found = (word, lower, scored, word.isupper())
        if len(self._tokens) >= _TOKEN_CACHE_SIZE:
            self._tokens.clear()
        self._tokens[raw] = found
        return found

    def compound(self, text: str) -> float:
        """The compound score of a text, equal to the library's."""
        if not text.isascii() and any(character in self.emojis for character in text):
            return float(self.polarity_scores(text)["compound"])
        cache = self._tokens
        tokens = [cache.get(raw) or self._token(raw) for raw in text.split()]
        places = [index for index, token in enumerate(tokens) if token[2]]
        if not places:
            return 0.0
        words = [token[0] for token in tokens]
        self._lower = [token[1] for token in tokens]
        capitals = sum(token[3] for token in tokens)
        senti_text = _CachedText(text, words, 0 < capitals < len(words))
        sentiments: list[float] = [0] * len(words)
        for place in places:
            if self._lower[place] == "kind" and self._lower[place + 1 : place + 2] == ["of"]:
                continue
            scored: list[float] = []
            self.sentiment_valence(0, senti_text, words[place], place, scored)
            sentiments[place] = scored[0]
        if "but" in self._lower:
            sentiments = self._but_check(words, sentiments)
        total = float(sum(sentiments))
        if total > 0:
            total += self._punctuation_emphasis(text.strip())
        elif total < 0:
            total -= self._punctuation_emphasis(text.strip())
        return round(float(normalize(total)), 4)

    def polarity_scores(self, text: str) -> dict[str, float]:
        """The library's own scores, for texts with emoji."""
        self._lower = []
        result: dict[str, float] = super().polarity_scores(text)
        return result

    def _negation_check(self, valence: float, words: list[str], start: int, place: int) -> float:
        lower = self._lower or [word.lower() for word in words]
        word = lower[place - (start + 1)]
        before = lower[place - 1]
        if start == 1:
            if word == "never" and before in {"so", "this"}:
                return valence * 1.25
            if word == "without" and before == "doubt":
                return valence
        elif start == 2:
            second = lower[place - 2]
            if (word == "never" and second in {"so", "this"}) or before in {"so", "this"}:
                return valence * 1.25
            if word == "without" and "doubt" in {second, before}:
                return valence
        if word in _NEGATE or "n't" in word:
            return valence * float(N_SCALAR)
        return valence


def read_lexicon(path: Path) -> dict[str, float]:
    """The overrides of the seed, by term in lower case."""
    with path.open(encoding="utf-8", newline="") as handle:
        return {
            row["term"].strip().lower(): float(row["valence"]) for row in csv.DictReader(handle)
        }


def scorer_version(overrides: Mapping[str, float]) -> str:
    """The name of this scorer: the library, and a hash of the lexicon and the cleaning rules."""
    content = RULES_VERSION + "".join(f"{term}={overrides[term]}\n" for term in sorted(overrides))
    digest = hashlib.sha256(content.encode()).hexdigest()[:8]
    return f"vader-{version('vaderSentiment')}+lexicon-{digest}"
