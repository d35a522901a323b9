"""What counts as the customer's own words, and which languages are scored."""

import pytest

from scripts.lib.texts.cleaning import clean, is_english


@pytest.mark.parametrize(
    ("text", "own_words"),
    [
        ("It works now.", "It works now."),
        ("It works.\n\nOn Mon, 3 Mar 2025, Support wrote:\n> It is terrible", "It works."),
        ("Thanks!\n> We hate it\n> really", "Thanks!"),
        ("All good\n-- \nBest Person\nHead of Great Things", "All good"),
        ("All good\nKind regards,\nA. Person", "All good"),
        ("See below\n-----Original Message-----\nawful", "See below"),
        ("It fails:\n```\nfatal disaster\n```", "It fails:"),
        ("Log:\n2025-03-01 10:00:00 disaster\nplease check", "Log:\n \nplease check"),
        ("> only a quote", ""),
        ("", ""),
    ],
)
def test_quotes_signatures_and_logs_are_left_out(text: str, own_words: str) -> None:
    assert clean(text) == own_words


@pytest.mark.parametrize(
    "text",
    [
        "The export is broken again and we cannot work",
        "Great support",
        "Love it!",
        "Thanks for the quick fix – it’s great",
    ],
)
def test_english(text: str) -> None:
    assert is_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "Der Export ist kaputt und wir können nicht arbeiten",
        "Le rapport est très lent et nous ne pouvons pas travailler",
        "El informe es muy lento y no podemos trabajar con los datos",
        "エクスポートが壊れています",
        "Отчет не работает",
        "12345 !!!",
        "",
    ],
)
def test_other_languages_and_no_language(text: str) -> None:
    assert not is_english(text)
