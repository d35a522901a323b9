"""The scorer equals the library, and the domain's words are overridden."""

import random
import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.project_files import ROOT
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from scripts.lib.texts.vader import DomainAnalyzer, read_lexicon, scorer_version

LEXICON = ROOT / "seeds" / "mappings" / "sentiment_lexicon.csv"
OVERRIDES = read_lexicon(LEXICON)
ANALYZER = DomainAnalyzer(OVERRIDES)
LIBRARY = SentimentIntensityAnalyzer()
LIBRARY.lexicon = dict(ANALYZER.lexicon)

RULE_WORDS = (
    "but not no isn't never so this without doubt least at very kind of hardly sort bad ass yeah"
    " right or nor great GREAT terrible the and report :) :( 😀 !!! ??? ? ! none kiss of death"
).split()
WORDS = st.one_of(st.sampled_from(RULE_WORDS), st.sampled_from(sorted(ANALYZER.lexicon)))
ENDS = st.sampled_from(["", "", "", "!", "?", ".", ",", "!!", "..."])


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(WORDS, ENDS), max_size=25))
def test_every_score_equals_the_library(parts: list[tuple[str, str]]) -> None:
    text = " ".join(word + end for word, end in parts)
    assert ANALYZER.compound(text) == LIBRARY.polarity_scores(text)["compound"]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=string.printable + "é😀ß", max_size=200))
def test_any_text_has_a_score(text: str) -> None:
    assert ANALYZER.compound(text) == LIBRARY.polarity_scores(text)["compound"]
    assert -1 <= ANALYZER.compound(text) <= 1


@pytest.mark.parametrize(
    "text",
    ["Critical error in the log", "Please kill the process", "ERROR", "I would like to share it"],
)
def test_technical_words_carry_no_feeling(text: str) -> None:
    assert ANALYZER.compound(text) == 0


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("This is unusable and buggy", -1),
        ("Another outage, we are evaluating competitors", -1),
        ("The new dashboard is great, seamless and reliable", 1),
        ("not good", -1),
        ("I am not unhappy", 1),
    ],
)
def test_signs(text: str, sign: int) -> None:
    assert ANALYZER.compound(text) * sign > 0


def test_the_version_follows_the_lexicon_and_not_its_order() -> None:
    version = scorer_version(OVERRIDES)
    assert version.startswith("vader-3.3.2+lexicon-")
    shuffled = list(OVERRIDES.items())
    random.Random(1).shuffle(shuffled)
    assert scorer_version(dict(shuffled)) == version
    assert scorer_version({**OVERRIDES, "outage": -3.0}) != version


def test_the_lexicon_is_sorted_and_reasoned() -> None:
    lines = Path(LEXICON).read_text(encoding="utf-8").splitlines()
    assert lines[0] == "term,valence,reason"
    terms = [line.split(",")[0] for line in lines[1:]]
    assert terms == sorted(set(terms))
    assert all(line.split(",", 2)[2].strip() for line in lines[1:])
    assert all(-4 <= valence <= 4 for valence in OVERRIDES.values())
