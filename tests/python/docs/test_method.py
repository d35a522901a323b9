"""docs/method.md is what the seeds say, and it says everything."""

from support.project_files import ROOT
from support.running import health

from scripts.lib.findings import read_seed
from scripts.lib.rendering.method import DOCUMENT, render_method


def test_the_committed_page_is_what_the_seeds_render() -> None:
    committed = (ROOT / DOCUMENT).read_text(encoding="utf-8")
    assert committed == render_method(ROOT), "docs/method.md is out of date: run `health docs`"


def test_every_metric_objective_gate_and_band_is_on_the_page() -> None:
    page = render_method(ROOT)
    for seed, column, form in (
        ("metrics", "metric_id", "### {} "),
        ("metrics", "metric_name", "{}"),
        ("objectives", "objective_name", "**{}**"),
        ("gates", "gate_id", "| `{}` |"),
        ("dimensions", "dimension_name", "## {}"),
    ):
        for row in read_seed(ROOT, f"seeds/scoring_model/{seed}.csv").rows:
            assert form.format(row[column]) in page, (seed, row[column])


def test_every_card_and_threshold_of_a_card_is_on_the_page() -> None:
    page = render_method(ROOT)
    for row in read_seed(ROOT, "seeds/scorecards/cards.csv").rows:
        assert f"| `{row['card_id']}` |" in page
    for row in read_seed(ROOT, "seeds/scorecards/card_knots.csv").rows:
        assert f"| `{row['card_id']}` | `{row['metric_id']}` |" in page
        assert f"{row['metric_value']} → {row['metric_score']}" in page


def test_every_rule_of_overrides_is_on_the_page() -> None:
    page = render_method(ROOT)
    for seed, column in (
        ("kinds", "kind_name"), ("reasons", "description"), ("roles", "role_name"),
        ("faults", "meaning"),
    ):  # fmt: skip
        rows = read_seed(ROOT, f"seeds/override_model/override_{seed}.csv").rows
        assert rows
        for row in rows:
            assert row[column] in page, (seed, row[column])


def test_check_passes_when_up_to_date() -> None:
    assert health("docs", "--check").exit_code == 0
