"""People who are erased are in no byte of any file, and nobody else's rows have changed."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import shutil
from pathlib import Path

import duckdb
import polars as pl
import pytest
from support.batteries import IS_FULL, count
from support.dbt_server import DbtServer
from support.persons import AS_OF, PersonWorld
from support.project_files import ROOT

from scripts.lib.console import EXIT_BUSY, HealthError
from scripts.lib.locking import held
from scripts.lib.privacy import database_erasure
from scripts.lib.privacy.erase import LIST, Erasure, erase
from scripts.lib.privacy.key import keyed_hash
from scripts.lib.privacy.subjects import read_subjects
from scripts.lib.refresh.places import Places
from scripts.lib.settings import Settings

KEY = b"the key of the test suite alone"
SUBJECTS = 10
SCORES = "scoring.fct_account_health_scores"
NOBODY = "nobody-is-called-this"
# What the keyed hashes of the erased stand in, on purpose.
LISTS = {LIST}


def places_of(folder: Path) -> tuple[Settings, Places]:
    """The places of a copied company."""
    settings = Settings(
        ROOT, folder / "hand" / "health.duckdb", folder / "raw", folder / "derived", None
    )
    return settings, Places(folder / "published", folder / "state")


def run(folder: Path, subjects: list[tuple[str, str]], *, dry_run: bool = False) -> Erasure:
    """Erase from a list that is kept outside of the folders."""
    path = folder.parent / "subjects.csv"
    with path.open("w", newline="", encoding="utf-8") as handle:
        csv.writer(handle).writerows([("kind", "value"), *subjects])
    settings, places = places_of(folder)
    return erase(settings, places, read_subjects(path), dry_run=dry_run)


def unpacked(folder: Path) -> None:
    """Write every Parquet and DuckDB file again without compression, so that bytes can be seen."""
    for path in folder.rglob("*.parquet"):
        pl.read_parquet(path).write_parquet(path, compression="uncompressed", statistics=False)
    for path in folder.rglob("*.duckdb"):
        if not path.is_symlink():
            copy = database_erasure.erase_database(path, {NOBODY}, [NOBODY], storage=None).beside
            assert copy is not None
            copy.replace(path)


def found_in(folder: Path, terms: set[str], skipped: set[str]) -> dict[str, list[str]]:
    """The files whose bytes hold a term."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and not skipped & set(path.parts):
            content = path.read_bytes()
            if path.suffix == ".gz":
                content = gzip.decompress(content)
            held_terms = [term for term in terms if term.encode() in content]
            if held_terms:
                found[str(path.relative_to(folder))] = held_terms
    return found


def table_counts(database: Path) -> dict[str, int]:
    """The rows of each table."""
    with duckdb.connect(str(database), read_only=True) as connection:
        tables = connection.execute(
            "select table_schema || '.' || table_name from information_schema.tables"
            " where table_type = 'BASE TABLE'"
        ).fetchall()
        counts = {}
        for (table,) in tables:
            row = connection.execute(f"select count(*) from {table}").fetchone()
            assert row is not None
            counts[str(table)] = int(row[0])
        return counts


def digest(database: Path, table: str) -> object:
    """One value that is another one when any value of the table is."""
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(f"select sum(hash(t)) from {table} as t").fetchone()


def people(raw_dir: Path) -> list[tuple[str, str]]:
    """Ten people whom several systems know, some by their address and some by an id."""
    contacts = pl.read_parquet(raw_dir / "salesforce" / "contact.parquet").drop_nulls("email")
    address = pl.col("email").str.to_lowercase()
    events = pl.read_parquet(raw_dir / "marketing" / "email_event.parquet")["recipient"]
    known = contacts.filter(address.is_in(events.str.to_lowercase().implode())).sort("id")
    users = pl.read_parquet(raw_dir / "zendesk" / "user.parquet").filter(
        pl.col("role") == "end-user"
    )
    answers = pl.read_parquet(raw_dir / "surveys" / "people.parquet").sort("id")
    return [
        *(("email", value) for value in known["email"][:5]),
        *(("contact_id", value) for value in known["id"][5:8]),
        ("support_user_id", str(users["id"][7])),
        ("survey_person_id", str(answers["id"][3])),
    ]


def built_in(folder: Path) -> Path:
    """The whole warehouse, or in CI, where it goes to save time, staging as dbt made it by hand."""
    warehouse = folder / "state" / "health.duckdb"
    if IS_FULL:
        return warehouse
    warehouse.unlink()
    return folder / "hand" / "health.duckdb"


def take_in_again(folder: Path, dbt_server: DbtServer) -> None:
    """A whole refresh, or in CI staging alone, which is where the erased are turned away."""
    world = PersonWorld(folder)
    if IS_FULL:
        done = world.health("refresh", "--as-of", AS_OF)
        assert done.returncode == 0, done.stdout + done.stderr
        return
    dbt_server.build(
        world.raw_dir,
        folder / "derived",
        folder / "state" / "again" / "health.duckdb",
        *("--select", "enum_mappings", "currencies", "staging"),
    )


@pytest.mark.battery
def test_ten_people_leave_no_byte(
    persons: PersonWorld, dbt_server: DbtServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "company"
    shutil.copytree(persons.folder, folder, symlinks=True)
    shutil.rmtree(folder / "truth")
    built = built_in(folder)
    limits = database_erasure._limits
    monkeypatch.setattr(
        database_erasure,
        "_limits",
        lambda path: {**limits(path), "force_compression": "uncompressed"},
    )
    unpacked(folder)
    subjects = people(folder / "raw")
    assert len(subjects) == SUBJECTS
    contacts = pl.read_parquet(folder / "raw" / "salesforce" / "contact.parquet")
    addresses = {value.lower() for kind, value in subjects if kind == "email"}
    ids = [value for kind, value in subjects if kind == "contact_id"]
    addresses |= set(contacts.filter(pl.col("id").is_in(ids))["email"].str.to_lowercase())
    ids += contacts.filter(pl.col("email").str.to_lowercase().is_in(addresses))["id"].to_list()
    named = {value for _, value in subjects if "@" not in value} | addresses | set(ids)
    hashes = {keyed_hash(KEY, value) for value in named}
    log = folder / "state" / "runs" / "one" / "dbt.log"
    log.parent.mkdir()
    log.write_text(f"Could not convert string '{min(addresses)}'\nthe next line\n", "utf-8")

    before = found_in(folder, named | hashes, LISTS)
    assert len(before) > 20 and any(name.endswith(".duckdb") for name in before)
    version = (folder / "published" / "current.duckdb").resolve()
    version.chmod(0o444)
    counts, scores = table_counts(version), digest(version, SCORES)
    built_counts = table_counts(built)

    assert run(folder, subjects, dry_run=True).rows_removed > 0
    assert found_in(folder, named | hashes, LISTS) == before
    result = run(folder, subjects)

    assert result.remaining == [] and result.subjects == SUBJECTS and result.rows_removed > 0
    assert found_in(folder, named, set()) == {}
    assert found_in(folder, hashes, LISTS) == {}
    assert log.read_text("utf-8") == "Could not convert string '[erased]'\nthe next line\n"
    # Readers have never had these people; the build has lost them alone.
    assert (table_counts(version), digest(version, SCORES)) == (counts, scores)
    lost = {
        table: built_counts[table] - rows
        for table, rows in table_counts(built).items()
        if rows != built_counts[table]
    }
    left = pl.read_parquet(folder / "raw" / "salesforce" / "contact.parquet")["id"]
    gone = set(contacts["id"]) - set(left)
    assert set(ids) <= gone
    assert 0 < lost["staging.stg_salesforce__contact"] <= len(gone)
    if IS_FULL:
        assert 0 < lost["core.dim_contacts"] <= lost["staging.stg_salesforce__contact"]
    assert sum(lost.values()) <= result.database_rows_removed
    assert not [table for table in lost if table.startswith(("metrics.", "scoring."))]
    with duckdb.connect(str(folder / "published" / "current.duckdb"), read_only=True) as reader:
        for view in reader.execute(
            "select schema_name || '.' || view_name from duckdb_views() where not internal"
        ).fetchall():
            reader.execute(f"select * from {view[0]} limit 1")
    assert not version.stat().st_mode & 0o222
    entry = json.loads((folder / "published" / "journal.jsonl").read_text("utf-8").splitlines()[-1])
    assert (entry["status"], entry["subjects"], entry["files_remaining"]) == ("erased", SUBJECTS, 0)

    # The loaders bring everything again, and nobody comes back.
    shutil.rmtree(folder / "raw")
    shutil.copytree(persons.raw_dir, folder / "raw")
    # The little memory of the test holds every step, but not any two of them at once.
    monkeypatch.setenv("HEALTH_THREADS", "1")
    take_in_again(folder, dbt_server)
    unpacked(folder / "state")
    unpacked(folder / "published" / "versions")
    assert found_in(folder, named, {"raw", "accepted"}) == {}
    # The build compares with the list, so its compiled SQL has the hashes; no table has them.
    hashed = found_in(folder, hashes, {"raw", "accepted", "runs", *LISTS})
    assert hashed == {}
    count("people erased", SUBJECTS, 10, "no byte left in any file, the published counts unchanged")


def test_every_view_can_be_made_again(persons: PersonWorld) -> None:
    """What the engine tells of a view is what its copy is made from."""
    old = database_erasure.OLD
    with duckdb.connect() as connection:
        connection.execute(f"attach '{persons.state_dir / 'health.duckdb'}' as {old} (read_only)")
        connection.execute("attach ':memory:' as health")
        for schema, table in database_erasure._tables(connection):
            connection.execute(f'create schema if not exists health."{schema}"')
            connection.execute(
                f'create table health."{schema}"."{table}"'
                f' as from {old}."{schema}"."{table}" limit 0'
            )
        connection.execute("use health")
        database_erasure._make_views(connection)
        made = connection.execute(
            "select count(*) filter (where database_name = 'health'), count(*) / 2"
            " from duckdb_views() where not internal"
        ).fetchone()
    assert made is not None and made[0] == made[1] > 40


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A few files by hand, in each format, without a build."""
    folder = tmp_path / "small"
    for name in ("salesforce", "zendesk", "surveys"):
        (folder / "raw" / name).mkdir(parents=True)
    (folder / "published").mkdir()
    contacts = [
        {
            "id": "003000000000001",
            "account_id": "A",
            "email": "Ann@acme.example",
            "name": "Ann Ames",
        },
        {
            "id": "003000000000002",
            "account_id": "A",
            "email": "bob@acme.example",
            "name": "Bob Byrd",
        },
    ]
    pl.DataFrame(contacts).write_parquet(folder / "raw" / "salesforce" / "contact.parquet")
    tasks = [
        {"id": "T1", "who_id": "003000000000001", "subject": "Call about the price"},
        {
            "id": "T2",
            "who_id": "003000000000002",
            "subject": "Ask ann@ACME.example; Ann Ames knows",
        },
        {"id": "T3", "who_id": None, "subject": "Nothing"},
    ]
    pl.DataFrame(tasks).write_csv(folder / "raw" / "salesforce" / "task.csv")
    users = "id,email,name\n71,ann@acme.example,Ann\n72,eve@other.example,Eve\n"
    (folder / "raw" / "zendesk" / "user.csv.gz").write_bytes(gzip.compress(users.encode()))
    comments = [
        {"id": 1, "ticket_id": 9, "user_id": 71, "body": "I am not happy"},
        {"id": 2, "ticket_id": 9, "user_id": 72, "body": "I am"},
    ]
    (folder / "raw" / "zendesk" / "ticket_comment").mkdir()
    pl.DataFrame(comments).write_parquet(
        folder / "raw" / "zendesk" / "ticket_comment" / "part-0.parquet"
    )
    settings, _ = places_of(folder)
    settings.database.parent.mkdir()
    with duckdb.connect(str(settings.database)) as connection:
        connection.execute("create schema core")
        connection.execute(
            "create table core.dim_contacts as select * from (values"
            " ('003000000000001', 'A'), ('003000000000002', 'A')) as t (contact_id, account_id)"
        )
        connection.execute(
            "create table core.fct_interactions as select * from (values"
            " ('I1', '003000000000001'), ('I2', '71')) as t (interaction_id, note)"
        )
        connection.execute("create view core.contacts as select * from core.dim_contacts")
    return folder


def content(path: Path) -> list[dict[str, object]]:
    if path.suffix == ".parquet":
        return pl.read_parquet(path).to_dicts()
    return pl.read_csv(path, infer_schema=False).to_dicts()


def test_each_format_is_erased_and_keeps_the_others(small: Path) -> None:
    result = run(small, [("email", "ANN@acme.example")])
    raw = small / "raw"
    assert result.remaining == []
    assert [row["name"] for row in content(raw / "salesforce" / "contact.parquet")] == ["Bob Byrd"]
    assert content(raw / "salesforce" / "task.csv") == [
        {"id": "T1", "who_id": None, "subject": None},
        {"id": "T2", "who_id": "003000000000002", "subject": "Ask [erased]; [erased] knows"},
        {"id": "T3", "who_id": None, "subject": "Nothing"},
    ]
    users = gzip.decompress((raw / "zendesk" / "user.csv.gz").read_bytes()).decode()
    assert "72" in users and "71" not in users
    comments = content(raw / "zendesk" / "ticket_comment" / "part-0.parquet")
    assert [row["id"] for row in comments] == [2]
    with duckdb.connect(str(small / "hand" / "health.duckdb"), read_only=True) as connection:
        assert connection.execute("from core.contacts").fetchall() == [("003000000000002", "A")]
        # A short id may be another thing's number.
        assert connection.execute("from core.fct_interactions order by 1").fetchall() == [
            ("I1", None),
            ("I2", "71"),
        ]


def test_a_second_time_changes_nothing(small: Path) -> None:
    run(small, [("email", "ann@acme.example")])
    states = {path: path.read_bytes() for path in (small / "raw").rglob("*") if path.is_file()}
    again = run(small, [("email", "ann@acme.example")])
    assert (again.files, again.rows_removed, again.values_blanked) == (0, 0, 0)
    assert states == {path: path.read_bytes() for path in states}


def test_a_failure_leaves_every_file_as_it_was(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object, **options: object) -> None:
        raise duckdb.IOException("disk full near 'ann@acme.example'")

    monkeypatch.setattr("scripts.lib.privacy.erase.erase_database", fail)
    states = {path: path.read_bytes() for path in small.rglob("*") if path.is_file()}
    with pytest.raises(HealthError) as failed:
        run(small, [("email", "ann@acme.example")])
    assert "ann" not in failed.value.message
    kept = {path: path.read_bytes() for path in small.rglob("*") if path.is_file()}
    assert {path: kept[path] for path in states} == states
    assert not [path for path in kept if "erasing" in path.name]


def test_it_waits_for_no_refresh(small: Path) -> None:
    _, places = places_of(small)
    with held(places.lock_file, "busy"), pytest.raises(HealthError) as refused:
        run(small, [("email", "ann@acme.example")])
    assert refused.value.exit_code == EXIT_BUSY


@pytest.mark.parametrize(
    "lines",
    [
        "",
        "kind,value\n",
        "type,value\nemail,ann@acme.example\n",
        "kind,value\nperson,ann@acme.example\n",
        "kind,value\nemail,ann\n",
        "kind,value\ntext,Ann M\n",
        "kind,value\nemail,\n",
    ],
)
def test_a_list_that_cannot_be_meant_is_refused(tmp_path: Path, lines: str) -> None:
    path = tmp_path / "subjects.csv"
    path.write_text(lines, encoding="utf-8")
    with pytest.raises(HealthError) as refused:
        read_subjects(path)
    assert refused.value.advice
    if "line" in refused.value.message:
        assert "ann" not in refused.value.message.split("line")[1].lower()


def test_scores_of_erased_texts_are_forgotten(small: Path) -> None:
    hashes = [hashlib.md5(text.encode()).hexdigest() for text in ("I am not happy", "I am")]
    settings, _ = places_of(small)
    settings.derived_dir.mkdir()
    path = settings.derived_dir / "text_sentiment.parquet"
    pl.DataFrame({"text_hash": hashes, "compound": [0.1, 0.2]}).write_parquet(path)
    run(small, [("support_user_id", "71")])
    assert pl.read_parquet(path)["text_hash"].to_list() == hashes[1:]
