"""What stands in the SQL: no wall clock, no numbers with meaning, nothing of one engine alone."""

import re

import pytest
from support.project_files import SqlFile, macros, models, none_of, sql_tests

WALL_CLOCK = re.compile(
    r"\b(current_date|current_timestamp|current_time|localtimestamp|getdate|sysdate"
    r"|transaction_timestamp|clock_timestamp)\b|\b(now|today|get_current_timestamp)\s*\(\s*\)"
    r"|modules\.datetime|run_started_at|dbt\.current_timestamp",
    re.IGNORECASE,
)
NUMBER = re.compile(r"(?<![\w.$])(\d+(?:\.\d+)?(?:e[+-]?\d+)?)(?![\w.])", re.IGNORECASE)
PLAIN_NUMBERS = {"0", "1", "100", "0.0", "1.0", "100.0"}
# Types, ordinals of group by, and the one quantile that has a name of its own (the median).
NOT_A_NUMBER = re.compile(
    r"(?:numeric|decimal|varchar)\s*\(\s*\d+\s*(?:,\s*\d+\s*)?\)"
    r"|(?:group|order)\s+by\s+\d+(?:\s*,\s*\d+)*"
    r"|percentile_cont\s*\(\s*0\.5\s*\)",
    re.IGNORECASE,
)
ONE_ENGINE = {
    "qualify": r"\bqualify\b",
    "group by all": r"\b(group|order)\s+by\s+all\b",
    "asof join": r"\basof\b",
    "star except": r"\*\s*(exclude|except|replace|rename)\s*\(",
    "ignore nulls": r"\b(ignore|respect)\s+nulls\b",
    "try_cast": r"\btry_cast\b",
    "safe_cast": r"\bsafe_cast\b",
    "regular expressions": r"\b(regexp_\w+|rlike)\b",
    "JSON operators": r"->>?|\bjson_(extract|value|query)\w*\b|\bget_json_object\b|\bto_json\b",
    "epoch": r"\bepoch(_ms)?\s*\(|\bextract\s*\(\s*epoch\b|\b(to|unix)_timestamp\s*\(",
    "at time zone": (
        r"\bat\s+time\s+zone\b|\b(from|to)_utc_timestamp\b|\b(convert_)?timezone\s*\("
    ),
    "bit operators": r"\b(bit_count|bit_and|bit_or|xor)\s*\(|<<|>>",
    "file readers": r"\bread_(parquet|csv|json|text|blob)\w*\b|\bglob\s*\(",
    "median": r"\b(median|mad|quantile\w*|approx_\w+)\s*\(",
    "arg_max": r"\b(arg_max|arg_min|max_by|min_by|any_value|first|last|mode)\s*\(",
    "cast by ::": r"::",
    "lists": r"\b(list|array)_\w+\s*\(|\bunnest\s*\(|\bstruct_\w+\s*\(|\blambda\b|\blist\s*\(",
    "date_trunc without cast": r"(?<!cast\()\bdate_trunc\s*\(",
    "32-bit floats": r"\btype_float\s*\(|\bcast\s*\([^()]*\bas\s+(float|real)\b",
    "bare double": r"\bas\s+double\b",
    "isfinite": r"\b(isfinite|isnan|isinf)\s*\(",
    "date parts": r"\b(date_diff|datediff|date_part|strftime|strptime|make_date|dayofweek)\s*\(",
    "series": r"\b(generate_series|explode|posexplode|sequence)\s*\(|\bwith\s+recursive\b",
    "frames of an interval": r"\brange\s+between\b[^()]*?\binterval\b",
    "quantiles over a window": r"\bwithin\s+group\s*\([^()]*\)\s*over\b",
    "hashes": r"\bsha\d*\s*\(",
    "date minus date": r"\b\w+_(on|date|at)\s*-\s*(\w+\.)?\w+_(on|date|at)\b",
    "string functions": r"\b(contains|starts_with|suffix|prefix|string_agg|group_concat)\s*\(",
}
# Jinja has these signs too, so they are sought in the SQL around it alone.
OPERATORS_OF_ONE_ENGINE = {
    "regular expressions": r"!?~\*?",
    "integer division": "//",
    "quoted identifiers": r"[\"`]",
}
# Each construct as somebody would write it: what is not recognised cannot be forbidden.
WRITTEN = {
    "qualify": "qualify row_number() over (order by a asc) = 1",
    "group by all": "group by all",
    "asof join": "asof left join b",
    "star except": "select * exclude (a)",
    "ignore nulls": "lag(a ignore nulls) over (order by b asc)",
    "try_cast": "try_cast(a as integer)",
    "safe_cast": "safe_cast(a as integer)",
    "regular expressions": "regexp_replace(a, 'b', 'c')",
    "JSON operators": "a ->> 'b'",
    "epoch": "unix_timestamp(a)",
    "at time zone": "convert_timezone('UTC', 'Europe/Paris', a)",
    "bit operators": "a << 3",
    "file readers": "select * from read_parquet('a')",
    "median": "median(a)",
    "arg_max": "max_by(a, b)",
    "cast by ::": "a::date",
    "lists": "array_agg(a order by b)",
    "date_trunc without cast": "select date_trunc('month', a)",
    "32-bit floats": "cast(a as real)",
    "bare double": "cast(a as double)",
    "isfinite": "isfinite(a)",
    "date parts": "datediff('day', a, b)",
    "series": "select * from generate_series(1, 3)",
    "frames of an interval": "range between interval '7' day preceding and current row",
    "quantiles over a window": "percentile_cont(0.5) within group (order by a) over (b)",
    "hashes": "sha256(a)",
    "date minus date": "as_of_date - tickets.opened_on",
    "string functions": "starts_with(a, 'b')",
}
STRINGS = re.compile(r"'(?:[^'\n]|'')*'")


def portable_files() -> list[SqlFile]:
    """Everything that must run on all engines."""
    return [
        *models(),
        *sql_tests(),
        *(macro for macro in macros() if macro.folder != "engine" and macro.layer != "engine"),
    ]


def sql_without_jinja_calls(file: SqlFile) -> str:
    """The SQL and the Jinja text around it, without dbt's own cross-database macros."""
    return re.sub(r"\bdbt\.\w+", " ", file.code)


def test_no_wall_clock() -> None:
    none_of(
        (place for file in (*models(), *macros(), *sql_tests()) for place in file.find(WALL_CLOCK)),
        "SQL reads the wall clock; the only today is as_of_date()",
    )


def test_no_numbers_with_meaning() -> None:
    places = []
    for model in models():
        text = NOT_A_NUMBER.sub(lambda found: " " * len(found.group()), model.plain_sql)
        for found in NUMBER.finditer(text):
            if found.group(1) not in PLAIN_NUMBERS:
                line = text.count("\n", 0, found.start()) + 1
                places.append(f"{model.relative}:{line} {found.group(1)}")
    none_of(places, "a number with a meaning stands in a model; make it a seed row or a var")


@pytest.mark.parametrize("construct", sorted(ONE_ENGINE))
def test_nothing_of_one_engine_outside_macros_engine(construct: str) -> None:
    pattern = re.compile(ONE_ENGINE[construct], re.IGNORECASE)
    own_macros = {macro.name for macro in macros()}
    places = []
    for file in portable_files():
        text = sql_without_jinja_calls(file)
        text = STRINGS.sub(lambda found: "'" + " " * (len(found.group()) - 2) + "'", text)
        for found in pattern.finditer(text):
            word = re.sub(r"[^a-z_]", "", found.group().lower())
            is_macro_call = word in own_macros
            if not is_macro_call:
                line = text.count("\n", 0, found.start()) + 1
                places.append(f"{file.relative}:{line} {found.group().strip()}")
    none_of(places, f"{construct}: runs on one engine; use or add a macro in macros/engine")


def test_every_construct_is_recognised() -> None:
    assert set(WRITTEN) == set(ONE_ENGINE)
    none_of(
        (
            construct
            for construct, sql in WRITTEN.items()
            if not re.search(ONE_ENGINE[construct], sql, re.IGNORECASE)
        ),
        "a construct of one engine that would be overlooked",
    )


@pytest.mark.parametrize("construct", sorted(OPERATORS_OF_ONE_ENGINE))
def test_no_operators_of_one_engine(construct: str) -> None:
    pattern = re.compile(OPERATORS_OF_ONE_ENGINE[construct])
    none_of(
        (place for file in portable_files() for place in file.find(pattern, file.plain_sql)),
        f"{construct}: runs on one engine; use or add a macro in macros/engine",
    )


def test_models_end_with_final() -> None:
    none_of(
        (
            model.relative
            for model in models()
            if model.layer != "staging"
            and not model.code.rstrip().endswith("select * from final")
            and re.search(r"(?m)^with\b", model.code)
        ),
        "a model does not end with `select * from final`",
    )


def test_nothing_is_left_to_do() -> None:
    pattern = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    none_of(
        (
            f"{file.relative}:{number}"
            for file in (*models(), *macros(), *sql_tests())
            for number, line in enumerate(file.text.splitlines(), 1)
            if pattern.search(line)
        ),
        "a note of something left to do",
    )
