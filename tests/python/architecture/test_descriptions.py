"""Everything is described, contracts are enforced where others read, and logic has unit tests."""

import re
from collections.abc import Iterator
from typing import Any

import yaml
from support.project_files import (
    LOADER,
    ROOT,
    SqlFile,
    YamlNode,
    macros,
    models,
    none_of,
    seeds,
    yaml_nodes,
)

PUBLISHED = re.compile(r"(fct|dim|rpt|bridge|export)_.+")
LAYERS_WITH_UNIT_TESTS = ("metrics", "scoring")


def missing_descriptions(nodes: tuple[YamlNode, ...]) -> Iterator[str]:
    for node in nodes:
        if not str(node.node.get("description") or "").strip():
            yield f"{node.place}: no description"
        for column in node.node.get("columns") or []:
            if not str(column.get("description") or "").strip():
                yield f"{node.place}.{column.get('name')}: no description"


def test_models_are_described() -> None:
    nodes = yaml_nodes("models", "models")
    described = {node.name for node in nodes}
    none_of(
        (f"{model.relative}: in no YAML" for model in models() if model.name not in described),
        "a model is not described",
    )
    none_of(missing_descriptions(nodes), "a model or column has no description")
    none_of(
        (f"{node.place}: no columns" for node in nodes if not node.node.get("columns")),
        "a model's columns are not described",
    )


def test_described_models_exist_in_the_same_folder() -> None:
    places = {model.name: model.path.parent for model in models()}
    none_of(
        (
            node.place
            for node in yaml_nodes("models", "models")
            if node.name not in places or node.path.parent not in {
                places[node.name], *places[node.name].parents
            }
        ),
        "a YAML entry describes a model of another folder, or none",
    )  # fmt: skip


def test_model_descriptions_say_what_a_row_is() -> None:
    none_of(
        (
            f"{node.place}: {str(node.node.get('description'))[:60]}"
            for node in yaml_nodes("models", "models")
            if not str(node.node.get("description") or "").lstrip().startswith("One row ")
        ),
        "a model's description does not say what one row is",
    )


def test_seeds_are_described() -> None:
    nodes = yaml_nodes("seeds", "seeds")
    described = {node.name: node for node in nodes}
    none_of(
        (str(path.relative_to(ROOT)) for path in seeds() if path.stem not in described),
        "a seed is not described",
    )
    none_of(missing_descriptions(nodes), "a seed or its column has no description")
    none_of(
        (
            f"{path.relative_to(ROOT)}:1 {column}"
            for path in seeds()
            if path.stem in described
            for column in path.read_text(encoding="utf-8").splitlines()[0].split(",")
            if column
            not in {found["name"] for found in described[path.stem].node.get("columns") or []}
        ),
        "a seed's column is not described",
    )


def test_sources_are_described() -> None:
    def lacking() -> Iterator[str]:
        for node in yaml_nodes("models/staging", "sources"):
            yield from missing_descriptions((node,))
            for table in node.node.get("tables") or []:
                yield from missing_descriptions((YamlNode(table["name"], table, node.path),))

    none_of(lacking(), "a source, table or column has no description")


def test_macros_are_described_one_per_file() -> None:
    described = {node.name for node in yaml_nodes("macros", "macros")}
    pattern = re.compile(r"\{%-?\s*macro\s+(\w+)\s*\(")
    places = []
    for macro in macros():
        for found in pattern.finditer(macro.code):
            name = found[1]
            if name != macro.name and not name.endswith(f"__{macro.name}"):
                places.append(f"{macro.relative}: {name} does not belong in this file")
        if macro.name not in described:
            places.append(f"{macro.relative}: not described")
    none_of(places, "macros stand alone in a file of their name, and are described")
    none_of(missing_descriptions(yaml_nodes("macros", "macros")), "a macro has no description")


def test_macros_are_used() -> None:
    texts = [file.code for file in (*models(), *macros())]
    texts += [path.read_text(encoding="utf-8") for path in (ROOT / "tests").glob("**/*.sql")]
    texts += [path.read_text(encoding="utf-8") for path in (ROOT / "tests").glob("**/*.yml")]
    texts += [path.read_text(encoding="utf-8") for path in (ROOT / "models").glob("**/*.yml")]
    texts.append((ROOT / "dbt_project.yml").read_text(encoding="utf-8"))
    called_by_dbt = {
        "generate_schema_name",
        "generate_alias_name",
        "should_full_refresh",
        "get_incremental_affected_dates_sql",
        "get_incremental_changed_keys_sql",
        "get_incremental_landed_groups_sql",
        "get_incremental_landed_rejects_sql",
        "get_incremental_landed_suspects_sql",
        "materialization_table_duckdb",
        "materialization_view_duckdb",
    }
    places = []
    for macro in macros():
        calls = re.compile(rf"\b(?<!macro ){re.escape(macro.name)}\s*\(|dispatch\('{macro.name}'")
        definition = re.compile(rf"macro\s+(?:\w+__)?{re.escape(macro.name)}\s*\(")
        used = any(
            len(calls.findall(text)) > len(definition.findall(text)) for text in texts
        )  # fmt: skip
        if not used and macro.name not in called_by_dbt:
            places.append(macro.relative)
    none_of(places, "a macro is used nowhere")


def test_published_models_have_contracts() -> None:
    project = yaml.load((ROOT / "dbt_project.yml").read_text(encoding="utf-8"), Loader=LOADER)
    configuration: dict[str, Any] = project["models"]["account_health"]

    def by_folder(model: SqlFile) -> bool:
        enforced = False
        node: Any = configuration
        for part in (model.layer, *model.folder.split("/")):
            node = node.get(part) if isinstance(node, dict) else None
            if isinstance(node, dict) and "+contract" in node:
                enforced = bool(node["+contract"].get("enforced"))
        return enforced

    by_node = {
        node.name: bool(((node.node.get("config") or {}).get("contract") or {}).get("enforced"))
        for node in yaml_nodes("models", "models")
    }
    none_of(
        (
            model.relative
            for model in models()
            if PUBLISHED.fullmatch(model.name)
            and not by_folder(model)
            and not by_node.get(model.name)
            and not re.search(
                r"contract\s*=\s*\{\s*['\"]enforced['\"]\s*:\s*true", model.code, re.I
            )
        ),
        "a published model has no enforced contract",
    )


def test_metrics_and_scoring_have_unit_tests() -> None:
    tested = {str(node.node.get("model")) for node in yaml_nodes("tests/unit", "unit_tests")}
    tested |= {str(node.node.get("model")) for node in yaml_nodes("models", "unit_tests")}
    none_of(
        (
            model.relative
            for model in models()
            if model.layer in LAYERS_WITH_UNIT_TESTS and model.name not in tested
        ),
        "a model of metrics or scoring has no unit test",
    )


def test_unit_tests_name_models() -> None:
    known = {model.name for model in models()}
    none_of(
        (
            node.place
            for node in yaml_nodes("tests/unit", "unit_tests")
            if str(node.node.get("model")) not in known
        ),
        "a unit test names no model",
    )


def test_unit_tests_hold_on_any_date() -> None:
    """A refresh runs them on its own date, so a test of a model that asks for it says which."""
    dated = {model.name for model in models() if "as_of_date()" in model.code}
    none_of(
        (
            f"{node.place} {node.node.get('name')}"
            for node in yaml_nodes("tests/unit", "unit_tests")
            if node.node.get("model") in dated
            and "as_of_date" not in ((node.node.get("overrides") or {}).get("macros") or {})
        ),
        "a unit test depends on the date of the run",
    )
