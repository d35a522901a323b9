"""What a customer wrote, without what they quoted, signed or pasted; and whether it is English.

Changing anything here changes scores, so it raises RULES_VERSION.
"""

from __future__ import annotations

import re

RULES_VERSION = "1"

# Everything after such a line is an older message or a signature.
_CUT = re.compile(
    r"^\s*(?:"
    r"-{2,}\s*$"
    r"|_{5,}\s*$"
    r"|-+\s*(?:original|forwarded) message\s*-+"
    r"|on .{4,120} wrote:\s*$"
    r"|from: .+@.+"
    r"|(?:kind|best|warm|many)?\s*(?:regards|wishes),?\s*$"
    r"|(?:sincerely|cheers|br),?\s*$"
    r"|sent from my .+"
    r")",
    re.IGNORECASE | re.MULTILINE,
)
_FENCE = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_QUOTE = re.compile(r"^\s*>.*$", re.MULTILINE)
_LOG_LINE = re.compile(
    r"^\s*(?:\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d|at [\w.$<>]+\(|File \".*\", line \d+"
    r"|(?:TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL)[ :\]]).*$",
    re.MULTILINE,
)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")

ENGLISH = frozenset(
    "the a an and or but of to in on for with at by from is are was were be been it this that"
    " these those we you i he she they our your my their us them not no yes can could would will"
    " should have has had do does did if when what which how why there here so as than then very"
    " more just still again please thanks thank any all some".split()
)
OTHER_LANGUAGES = frozenset(
    "der die das und nicht ist sind wir ihr ich mit auf ein eine einen bitte danke noch auch wie"
    " le la les des et est une nous vous pas que qui dans pour avec sur merci ne plus très"
    " el los las y una para por con muy más pero gracias este como está nos"
    " il di che non per sono grazie più questo della"
    " o os um uma não obrigado muito também é na da em"
    " het een en niet van met voor ook dat wij zijn bedankt".split()
)
MIN_ASCII_SHARE = 0.85
MIN_FUNCTION_WORD_SHARE = 0.08
SHORT_TEXT_WORDS = 4


def clean(text: str) -> str:
    """The customer's own words."""
    if "```" in text:
        text = _FENCE.sub(" ", text)
    if "\n" in text:
        cut = _CUT.search(text)
        if cut is not None:
            text = text[: cut.start()]
        text = _LOG_LINE.sub(" ", _QUOTE.sub(" ", text))
    elif text.lstrip().startswith(">"):
        return ""
    return text.strip()


def is_english(text: str) -> bool:
    """A cheap judgement: Latin letters, and English function words more than any other's.

    Very short texts carry no function words; they count as English when they are plain ASCII
    and hold no function word of another language.
    """
    words = _WORD.findall(text.lower())
    if not words:
        return False
    if not text.isascii():
        letters = [character for character in text if character.isalpha()]
        if sum(map(str.isascii, letters)) < MIN_ASCII_SHARE * len(letters):
            return False
    english = sum(word in ENGLISH for word in words)
    other = sum(word in OTHER_LANGUAGES for word in words)
    if other > english:
        return False
    if len(words) <= SHORT_TEXT_WORDS:
        return other == 0 or english > 0
    return english >= MIN_FUNCTION_WORD_SHARE * len(words)
