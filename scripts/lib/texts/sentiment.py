"""The sentiment of customers' texts: each distinct text once, kept by the hash of its bytes."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb
import polars as pl

from scripts.lib.raw_files import column_named
from scripts.lib.settings import Settings
from scripts.lib.source_contract import SourceContract
from scripts.lib.texts.cleaning import clean, is_english
from scripts.lib.texts.vader import DomainAnalyzer, read_lexicon, scorer_version

LEXICON = Path("seeds/mappings/sentiment_lexicon.csv")
TEXT_SOURCES = (
    ("zendesk", "ticket_comment", "body"),
    ("zendesk", "satisfaction_rating", "comment"),
    ("surveys", "survey_responses", "comment"),
)
SCHEMA: dict[str, pl.DataType] = {
    "text_hash": pl.String(),
    "compound": pl.Float64(),
    "is_supported_language": pl.Boolean(),
    "scorer_version": pl.String(),
    "text_length": pl.Int32(),
}


@dataclass(frozen=True)
class SentimentResult:
    """What one batch did."""

    path: str
    scorer_version: str
    sources: list[str]
    scored: int
    kept: int
    unsupported: int

    def as_dict(self) -> dict[str, object]:
        """The result for a machine."""
        return asdict(self)


def score_texts(settings: Settings) -> SentimentResult:
    """Score the texts that are not yet scored by this version, and write the file in one step."""
    overrides = read_lexicon(settings.root / LEXICON)
    current_version = scorer_version(overrides)
    path = settings.derived_dir / "text_sentiment.parquet"
    kept, is_changed = _read_kept(path, current_version)
    with duckdb.connect() as connection:
        sources = text_queries(connection, settings)
        texts = _new_texts(connection, list(sources.values()), path, current_version)
    scored = _score(texts, DomainAnalyzer(overrides), current_version)
    if not scored.is_empty() or is_changed:
        _write(pl.concat([kept, scored]).sort("text_hash"), path)
    return SentimentResult(
        path=str(path),
        scorer_version=current_version,
        sources=sorted(sources),
        scored=scored.height,
        kept=kept.height,
        unsupported=int((~scored["is_supported_language"]).sum()),
    )


def text_queries(connection: duckdb.DuckDBPyConnection, settings: Settings) -> dict[str, str]:
    """One query of customers' texts for each source that is there."""
    contract = SourceContract(settings)
    queries = {}
    for system, table, column in TEXT_SOURCES:
        source = contract.find_by_name(system, table)
        if source is None:
            continue
        columns = source.columns(connection)
        actual = column_named(columns, column)
        if actual is None:
            continue
        query = f'select cast("{actual}" as varchar) as body from {source.relation}'
        if table == "ticket_comment":
            query += _customers_only(connection, contract, columns)
        queries[f"{system}.{table}"] = query
    return queries


def _customers_only(
    connection: duckdb.DuckDBPyConnection, contract: SourceContract, columns: dict[str, str]
) -> str:
    """A condition that leaves out our own agents' comments, where the users are known."""
    users = contract.find_by_name("zendesk", "user")
    author = column_named(columns, "user_id")
    if users is None or author is None:
        return ""
    user_columns = users.columns(connection)
    key, role = column_named(user_columns, "id"), column_named(user_columns, "role")
    if key is None or role is None:
        return ""
    return (
        f' where cast("{author}" as varchar) not in (select cast("{key}" as varchar)'
        f" from {users.relation} where lower(trim(\"{role}\")) in ('agent', 'admin')"
        f' and "{key}" is not null)'
    )


def _new_texts(
    connection: duckdb.DuckDBPyConnection, queries: list[str], path: Path, current_version: str
) -> list[tuple[str, str]]:
    """The hash and body of each distinct text that this version has not scored."""
    if not queries:
        return []
    connection.execute("create temp table kept (text_hash varchar)")
    if path.exists():
        connection.execute(
            "insert into kept select text_hash from read_parquet(?) where scorer_version = ?",
            [str(path), current_version],
        )
    return connection.execute(
        "with texts as (" + " union all ".join(queries) + "),"
        " hashed as (select md5(body) as text_hash, min(body) as body from texts"
        "  where body is not null group by md5(body))"
        " select hashed.text_hash, hashed.body from hashed"
        " anti join kept on hashed.text_hash = kept.text_hash order by hashed.text_hash"
    ).fetchall()


def _score(
    texts: list[tuple[str, str]], analyzer: DomainAnalyzer, current_version: str
) -> pl.DataFrame:
    compounds: list[float | None] = []
    supported: list[bool] = []
    for _, body in texts:
        own_words = clean(body)
        english = is_english(own_words)
        supported.append(english)
        compounds.append(analyzer.compound(own_words) if english else None)
    return pl.DataFrame(
        {
            "text_hash": [text_hash for text_hash, _ in texts],
            "compound": compounds,
            "is_supported_language": supported,
            "scorer_version": [current_version] * len(texts),
            "text_length": [len(body) for _, body in texts],
        },
        schema=SCHEMA,
    )


def _read_kept(path: Path, current_version: str) -> tuple[pl.DataFrame, bool]:
    """The rows of this scorer's version, and whether the file held others."""
    try:
        rows = pl.read_parquet(path).select(list(SCHEMA)).cast(SCHEMA)  # type: ignore[arg-type]
    except (OSError, pl.exceptions.PolarsError):
        # A result that cannot be read is no loss: everything in it can be scored again.
        path.unlink(missing_ok=True)
        return pl.DataFrame(schema=SCHEMA), False
    kept = rows.filter(pl.col("scorer_version") == current_version).unique("text_hash")
    return kept, kept.height != rows.height


def _write(rows: pl.DataFrame, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    rows.write_parquet(temporary, compression="zstd", statistics=False)
    os.replace(temporary, path)
