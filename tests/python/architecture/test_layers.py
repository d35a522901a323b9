"""Data flow once, downward: which layer reads which, and what the names say."""

import re

from support.project_files import (
    LAYERS,
    ROOT,
    SqlFile,
    macros,
    models,
    none_of,
    seed_names,
    sql_tests,
    yaml_nodes,
)

ALLOWED = {
    "staging": {"staging", "seeds"},
    "intermediate": {"staging", "intermediate", "snapshots", "seeds"},
    "core": {"intermediate", "core", "seeds"},
    "metrics": {"core", "metrics", "seeds"},
    "scoring": {"metrics", "scoring", "seeds"},
    "monitoring": {*LAYERS, "seeds"},
    "exports": {"scoring", "core", "exports", "seeds"},
}
# The context of a score (segment, revenue, renewal, parents, what people decided about it and did
# for the account) is read where the score is made.
SCORING_READS_OF_CORE = {
    "fct_account_spine", "dim_accounts", "bridge_account_ancestors", "fct_overrides", "fct_plays",
}  # fmt: skip
NAMES = {
    "staging": re.compile(r"stg_[a-z_]+?__[a-z0-9_]+|quarantine_[a-z_]+"),
    "intermediate": re.compile(r"int_[a-z_]+?__[a-z0-9_]+"),
    "core": re.compile(r"(dim|fct|bridge)_[a-z0-9_]+"),
    "metrics": re.compile(r"(fct|dim)_[a-z0-9_]+|int_metrics[a-z_]*?__[a-z0-9_]+"),
    "scoring": re.compile(r"(fct|rpt)_[a-z0-9_]+|int_scoring[a-z_]*?__[a-z0-9_]+"),
    "monitoring": re.compile(r"(mon|chk)_[a-z0-9_]+|int_monitoring[a-z_]*?__[a-z0-9_]+"),
    "exports": re.compile(r"export_[a-z]+_[a-z0-9_]+|int_exports[a-z_]*?__[a-z0-9_]+"),
}


def system_of(model: SqlFile) -> str:
    """The system of a staging model, from its folder; quarantines share one folder."""
    if model.name.startswith("quarantine_"):
        return model.name.removeprefix("quarantine_")
    return model.folder.split("/")[0]


def test_every_layer_has_models() -> None:
    found = {model.layer for model in models()}
    none_of(set(LAYERS) - found, "a layer has no models")
    none_of(found - set(LAYERS), "a folder under models/ is no layer")


def test_layers_read_only_what_stands_above_them() -> None:
    layer_of = {model.name: model.layer for model in models()}
    layer_of.update(dict.fromkeys(seed_names(), "seeds"))
    layer_of.update({node.name: "snapshots" for node in yaml_nodes("snapshots", "snapshots")})
    none_of(
        (
            f"{model.relative}:{line} {model.layer} reads {name} of {layer_of.get(name, 'nowhere')}"
            for model in models()
            for line, name in model.refs
            if layer_of.get(name, "nowhere") not in ALLOWED[model.layer]
            and not (model.layer == "scoring" and name in SCORING_READS_OF_CORE)
        ),
        "a model reads a layer that it must not read (models/README.md)",
    )


def test_staging_reads_its_own_system_alone() -> None:
    none_of(
        (
            f"{model.relative}:{line} reads {name}"
            for model in models()
            if model.layer == "staging"
            for line, name in model.refs
            if name not in seed_names()
            and not re.match(rf"(stg|quarantine)_{system_of(model)}(__|$)", name)
        ),
        "a staging model reads another system",
    )


def test_sources_are_read_in_staging_alone() -> None:
    none_of(
        (
            f"{model.relative}:{line} reads the source {name}"
            for model in models()
            if model.layer != "staging"
            for line, name in model.sources
        ),
        "a source is read outside staging",
    )


def test_names_say_the_layer() -> None:
    none_of(
        (
            f"{model.relative} in {model.layer}"
            for model in models()
            if not NAMES[model.layer].fullmatch(model.name)
        ),
        "a model's name does not say its layer",
    )


def test_staging_names_say_the_system() -> None:
    none_of(
        (
            model.relative
            for model in models()
            if model.layer == "staging"
            and not model.name.startswith(f"stg_{model.folder.split('/')[0]}__")
            and model.name != f"quarantine_{system_of(model)}"
        ),
        "a staging model's name does not say its system",
    )


def test_nothing_reads_the_hidden_truth() -> None:
    pattern = re.compile(r"\btruth\b", re.IGNORECASE)
    none_of(
        (place for file in (*models(), *macros(), *sql_tests()) for place in file.find(pattern)),
        "SQL mentions the truth that the sample generator keeps",
    )
    none_of(
        (
            node.place
            for node in yaml_nodes("models", "sources")
            if "truth" in str(node.node.get("config")) or "truth" in node.name
        ),
        "a source points at the truth that the sample generator keeps",
    )
    assert "truth" not in (ROOT / "dbt_project.yml").read_text(encoding="utf-8")
