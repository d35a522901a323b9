"""The upper half of the floor: quality, scores, gates and bands, wide and by hand.

The build keeps one row per account, date and metric. A script that knows its metrics writes their
constants into the SQL and keeps one row per account and date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]
KNOTS = 8
BANDS = (1, 2, 3)
DIGITS = 12  # of the build's sums
CARDS = "temp.main.fct_account_scorecards using (account_id, as_of_date)"


@dataclass(frozen=True)
class Model:
    """The scoring model as rows of its tables."""

    metrics: Sequence[Row]  # the catalogue under the base card, and under the others in `cards`
    objective_weights: Sequence[Row]
    objectives: Sequence[Row]
    thresholds: Row
    domain_of: Mapping[str, str]  # value -> domain


def upper_half(model: Model) -> list[str]:
    """Statements from wide metric values to scores and bands."""
    domains = list(dict.fromkeys(model.domain_of[m["value_id"]] for m in model.metrics))
    statements = [
        _domain_scores(
            domain, [m for m in model.metrics if model.domain_of[m["value_id"]] == domain]
        )
        for domain in domains
    ]
    dimensions = list(dict.fromkeys(m["dimension_id"] for m in model.metrics))
    for dimension in dimensions:
        homes = {
            model.domain_of[m["value_id"]] for m in model.metrics if m["dimension_id"] == dimension
        }
        if len(homes) > 1:
            raise ValueError(
                f"The floor expects the values of dimension {dimension} in one domain."
            )
    home = {m["dimension_id"]: model.domain_of[m["value_id"]] for m in model.metrics}
    statements.append(_dimension_scores(dimensions, home))
    statements.append(_gate_caps(model))
    statements.append(_objective_scores(model))
    statements.append(_bands(model))
    return statements


def _by_card(row: Row, make: Callable[[Row], str]) -> str:
    """What the row of the base card comes to, or that of the account's card where it differs."""
    base = make(row)
    others: dict[str, list[str]] = {}
    for card, other in row["cards"].items():
        text = make(other)
        if text != base:
            others.setdefault(text, []).append(f"'{card}'")
    whens = "".join(f" when card_id in ({', '.join(c)}) then {t}" for t, c in others.items())
    return f"case{whens} else {base} end" if whens else base


def _number(value: float) -> str:
    text = repr(float(value))
    return text if "e" in text else f"{text}e0"


def _lines(parts: Iterable[str]) -> str:
    return ",\n    ".join(parts)


def _raw_quality(metric: Row) -> str:
    value = metric["value_id"]
    if metric["kappa"] is not None:
        sample = f"{value}_sample"
        return (
            f"case when isfinite({sample}) and {sample} > 0"
            f" then {sample} / ({sample} + {_number(metric['kappa'])}) else 0 end"
        )
    age = f"date_diff('day', {value}_last_on, as_of_date)"
    grace = _number(metric["freshness_grace_days"])
    fresh = f"power(0.5e0, ({age} - {grace}) / {_number(metric['freshness_half_life_days'])})"
    return (
        f"case when {age} is null then 0 when {age} <= {grace} then 1"
        f" when {fresh} < {_number(metric['freshness_floor'])} then 0 else {fresh} end"
    )


def _judged_value(metric: Row) -> str:
    value, key = metric["value_id"], metric["metric_id"]
    tests = [f"{value}_hint is null", f"isfinite({value}_value)"]
    if metric["valid_min"] is not None:
        tests.append(f"{value}_value >= {_number(metric['valid_min'])}")
    if metric["valid_max"] is not None:
        tests.append(f"{value}_value <= {_number(metric['valid_max'])}")
    if metric["kappa"] is None:
        tests.append(f"{key}_raw_quality > 0")
    return f"case when {' and '.join(tests)} then {value}_value end as {key}_value"


def _score(metric: Row) -> str:
    key, kind = f"{metric['metric_id']}_value", metric["normaliser"]
    if kind == "identity":
        return f"case when {key} < 0 then 0 when {key} > 100 then 100 else {key} end"
    if kind == "two_anchor":
        steepness, middle = _number(metric["anchor_steepness"]), _number(metric["anchor_midpoint"])
        return f"100 / (1 + exp(-{steepness} * ({key} - {middle})))"
    if kind == "peer_percentile":
        share = f"{metric['metric_id']}_curve.share_below"
        rank = f"(1 - {share})" if metric["direction"] == "down" else share
        nobody = f"{metric['value_id']}_sample = 0 and {key} is not null"
        return f"case when {nobody} then 0 else 100 * {rank} end"
    if kind != "piecewise":
        raise ValueError(f"The floor has no {kind} normaliser yet; metric {metric['metric_id']}.")
    branches = [f"when {key} is null then null"]
    for number in range(1, KNOTS + 1):
        if metric[f"knot_value_{number}"] is None:
            break
        score = _number(metric[f"knot_score_{max(number - 1, 1)}"])
        if number > 1:
            before = _number(metric[f"knot_value_{number - 1}"])
            score += f" + ({key} - {before}) * {_number(metric[f'knot_slope_{number}'] or 0)}"
        branches.append(f"when {key} <= {_number(metric[f'knot_value_{number}'])} then {score}")
    return f"case {' '.join(branches)} else {_number(metric['last_knot_score'])} end"


def _peer_group(level: str | None) -> str:
    if level == "all":
        return "'all'"
    return f"coalesce(spine.peer_{level}, 'unknown')" if level else "'none'"


def _curve_join(metric: Row) -> str:
    key = metric["metric_id"]
    precision = _number(metric["peer_precision"])
    lowest, highest = metric["lowest_step"], metric["highest_step"]
    step = (
        f"case when {key}_value is not null then least(greatest("
        f"cast(round({key}_value / {precision}) as bigint), {lowest}), {highest}) end"
    )
    return f"""
left join temp.main.int_metrics__peer_curves as {key}_curve
    on {key}_curve.metric_id = '{key}'
    and {key}_curve.peer_group_1 = {_peer_group(metric["peer_level_1"])}
    and {key}_curve.peer_group_2 = {_peer_group(metric["peer_level_2"])}
    and {key}_curve.value_step = {step}"""


def _domain_scores(domain: str, metrics: Sequence[Row]) -> str:
    keys = [m["metric_id"] for m in metrics]
    values = list(dict.fromkeys(m["value_id"] for m in metrics))
    peers = [m for m in metrics if m["normaliser"] == "peer_percentile"]
    spine = (
        "\ninner join temp.main.fct_account_spine as spine"
        "\n    on judged.account_id = spine.account_id and judged.as_of_date = spine.as_of_date"
        if peers
        else ""
    )
    by_key = {m["metric_id"]: m for m in metrics}
    weight = {k: _by_card(m, lambda row: _number(row["weight"])) for k, m in by_key.items()}
    weights = {k: f"case when {k}_applies then {weight[k]} else 0 end" for k in keys}
    typical = {k: _by_card(m, lambda row: _number(row["typical_score"])) for k, m in by_key.items()}
    score = {k: _by_card(m, _score) for k, m in by_key.items()}
    effective = {
        k: f"({k}_quality * coalesce({k}_score, 0) + (1 - {k}_quality) * {typical[k]})"
        for k in keys
    }
    sd = {k: _by_card(m, lambda row: _number(row["score_sd"])) for k, m in by_key.items()}
    depends = any("card_id in" in text for text in (*weight.values(), *score.values()))
    card = "card_id," if depends else ""
    chosen = f"\ninner join {CARDS}" if depends else ""

    def total(part: Mapping[str, str]) -> str:
        return "round(" + " + ".join(f"{k}_weight * {part[k]}" for k in keys) + f", {DIGITS})"

    return f"""create table floor_{domain}_metrics as
with raw as (
select account_id, as_of_date, {card}
    {
        _lines(
            [f"{v}_hint, {v}_value, {v}_sample" for v in values]
            + [f"{_raw_quality(m)} as {m['metric_id']}_raw_quality" for m in metrics]
        )
    }
from temp.main.int_metrics_{domain}__values{chosen}
),
judged as (
select account_id, as_of_date, {card}
    {
        _lines(
            [f"{v}_sample" for v in values]
            + [
                f"{_judged_value(m)}, {m['metric_id']}_raw_quality,"
                f" {m['value_id']}_hint is distinct from 'not_applicable'"
                f" as {m['metric_id']}_applies"
                for m in metrics
            ]
        )
    }
from raw
),
scored as (
select judged.*,
    {_lines(f"{score[k]} as {k}_score" for k in keys)}
from judged{spine}{"".join(_curve_join(m) for m in peers)}
),
qualified as (
select *,
    {
        _lines(
            f"case when {k}_score is null then 0 else {k}_raw_quality end as {k}_quality,"
            f" {weights[k]} as {k}_weight"
            for k in keys
        )
    }
from scored
)
select account_id, as_of_date,
    {_lines(f"{k}_value, {k}_quality, {k}_score" for k in keys)},
    {total({k: "1" for k in keys})} as weight_sum,
    {total(effective)} as effective_sum,
    {total(typical)} as typical_sum,
    {total({k: f"{k}_quality" for k in keys})} as known_sum,
    {total({k: f"(1 - {k}_quality) * {typical[k]}" for k in keys})} as assumed_sum,
    {
        total({k: f"{k}_weight * {sd[k]} * {sd[k]} * (1 - {k}_quality)" for k in keys})
    } as variance_sum
from qualified"""


def _dimension_scores(dimensions: Sequence[str], home: Mapping[str, str]) -> str:
    first = f"floor_{home[dimensions[0]]}_metrics"
    joins = "".join(
        f"\ninner join floor_{home[d]}_metrics as {d} on {d}.account_id = base.account_id"
        f" and {d}.as_of_date = base.as_of_date"
        for d in dimensions[1:]
    )
    parts = []
    for number, dimension in enumerate(dimensions):
        t = "base" if number == 0 else dimension
        w = f"nullif({t}.weight_sum, 0)"
        parts.append(
            f"{t}.weight_sum as {dimension}_weight, {t}.effective_sum / {w} as {dimension}_score,"
            f" {t}.typical_sum / {w} as {dimension}_typical,"
            f" {t}.known_sum / {w} as {dimension}_coverage,"
            f" ({t}.effective_sum - {t}.assumed_sum) / {w} as {dimension}_worst,"
            f" ({t}.effective_sum - {t}.assumed_sum + 100 * ({t}.weight_sum - {t}.known_sum)) / {w}"
            f" as {dimension}_best,"
            f" {t}.variance_sum / nullif({t}.weight_sum * {t}.weight_sum, 0)"
            f" as {dimension}_variance"
        )
    return (
        f"create table floor_dimension_scores as\nselect base.account_id, base.as_of_date,\n"
        f"    {_lines(parts)}\nfrom {first} as base{joins}"
    )


def _gate_caps(model: Model) -> str:
    objectives = [o["objective_id"] for o in model.objectives]
    parts = [
        f"min(cap) filter (where objective_id = '{o}') as {o}_cap,"
        f" min_by(gate_id, (cap, gate_id)) filter (where objective_id = '{o}') as {o}_gate,"
        f" min(confidence_rank) filter (where objective_id = '{o}') as {o}_limit"
        for o in objectives
    ]
    return f"""create temp table floor_gate_caps as
with active as (
select signals.account_id, signals.as_of_date, gate_objectives.objective_id,
    gates.gate_id, gates.cap, levels.confidence_rank
from temp.main.fct_account_gate_signals as signals
inner join temp.main.gates as gates on signals.signal_id = gates.signal_id
inner join temp.main.gate_objectives as gate_objectives
    on gates.gate_id = gate_objectives.gate_id
    and gates.score_version = gate_objectives.score_version
inner join temp.main.score_versions as versions
    on gates.score_version = versions.score_version and versions.is_published
left join temp.main.confidence_levels as levels
    on levels.score_version = gates.score_version and levels.confidence = gates.maximum_confidence
where case gates.comparison
    when 'gt' then signals.signal_value > gates.threshold
    when 'gte' then signals.signal_value >= gates.threshold
    when 'lt' then signals.signal_value < gates.threshold
    when 'lte' then signals.signal_value <= gates.threshold
end
)
select account_id, as_of_date,
    {_lines(parts)}
from active
group by account_id, as_of_date"""


def _clamped(expression: str) -> str:
    return (
        f"case when {expression} < 0 then 0 when {expression} > 100 then 100 else {expression} end"
    )


def _objective_scores(model: Model) -> str:
    sums, scaled, final = [], [], []
    for objective in model.objectives:
        o = objective["objective_id"]
        rows = [
            r
            for r in model.objective_weights
            if r["objective_id"] == o and any(c["weight"] > 0 for c in r["cards"].values())
        ]

        def total(part: str, power: int = 1, rows: Sequence[Row] = rows) -> str:
            terms = [
                f"coalesce({_by_card(r, lambda row: _number(row['weight'] ** power))}"
                f" * {r['dimension_id']}_{part}, 0)"
                for r in rows
            ]
            return f"round({' + '.join(terms)}, {DIGITS})"

        applied = " + ".join(
            f"case when {r['dimension_id']}_weight > 0"
            f" then {_by_card(r, lambda row: _number(row['weight']))} else 0 end"
            for r in rows
        )
        sums.append(
            f"nullif(round({applied}, {DIGITS}), 0) as {o}_weight, {total('score')} as {o}_sum,"
            f" {total('typical')} as {o}_typical, {total('coverage')} as {o}_known,"
            f" {total('worst')} as {o}_worst, {total('variance', 2)} as {o}_variance"
        )
        base, gain, w = _number(objective["base_score"]), _number(objective["gain"]), f"{o}_weight"
        scaled.append(
            f"{base} + {gain} * ({o}_sum / {w} - {o}_typical / {w}) as {o}_model,"
            f" {base} + {gain} * ({o}_worst / {w} - {o}_typical / {w}) as {o}_low,"
            f" {base} + {gain} * (({o}_worst + 100 * ({w} - {o}_known)) / {w} - {o}_typical / {w})"
            f" as {o}_high, {o}_known / {w} as {o}_coverage,"
            f" {gain} * sqrt({o}_variance / ({w} * {w})) as {o}_se"
        )
        final.append(
            f"{o}_model, {_clamped(f'{o}_model')} as {o}_clamped,"
            f" {_clamped(f'{o}_low')} as {o}_low,"
            f" {_clamped(f'{o}_high')} as {o}_high, {o}_coverage, {o}_se"
        )
    return f"""create temp table floor_objective_scores as
with sums as (
select account_id, as_of_date,
    {_lines(sums)}
from floor_dimension_scores
inner join {CARDS}
),
scaled as (
select account_id, as_of_date,
    {_lines(scaled)}
from sums
)
select account_id, as_of_date,
    {_lines(final)}
from scaled"""


def _rank(value: str, thresholds: Row, pattern: str) -> str:
    branches = " ".join(
        f"when round({value}, 6) >= {_number(thresholds[pattern.format(n)])} then {n}"
        for n in reversed(BANDS)
    )
    return f"case when {value} is null then null {branches} else 0 end"


def _lower(value: str, limit: str) -> str:
    return f"case when {value} > {limit} then {limit} else {value} end"


def _bands(model: Model) -> str:
    t = model.thresholds
    objectives = [o["objective_id"] for o in model.objectives]
    enough = {
        o: f"round({o}_coverage, 6) >= {_number(t['confidence_1_coverage'])}" for o in objectives
    }
    firsts = [f"min(as_of_date) filter (where {enough[o]}) as {o}_first" for o in objectives]
    day = "date_diff('day', date '1970-01-01', scores.as_of_date)"
    signals, states, joined, final = [], [], [], []
    for o in objectives:
        score = f"round({o}_clamped, 6)"
        for n in BANDS:
            signals.append(
                f"case when {enough[o]} then case"
                f" when scores.as_of_date = firsts.{o}_first then"
                f" case when {score} >= {_number(t[f'band_{n}_score'])} then 1 else 0 end"
                f" when {score} >= {_number(t[f'band_{n}_enter_score'])} then 1"
                f" when {score} < {_number(t[f'band_{n}_leave_score'])} then 0 end end"
                f" + 2 * {day} as {o}_signal_{n}"
            )
        states.append(
            f"case when {enough[o]} then "
            + " + ".join(f"mod(max({o}_signal_{n}) over earlier, 2)" for n in BANDS)
            + f" end as {o}_state"
        )
        joined.append(
            f"{o}_model as {o}_model_score, {_lower(f'{o}_clamped', f'{o}_cap')} as {o}_gated,"
            f" {_lower(f'{o}_low', f'{o}_cap')} as {o}_low_score,"
            f" {_lower(f'{o}_high', f'{o}_cap')} as {o}_high_score, coalesce({o}_coverage, 0) as"
            f" {o}_coverage, {o}_se as {o}_score_se, {o}_gate as {o}_binding_gate_id,"
            f" {o}_limit, {o}_state,"
            f" {_rank(f'{o}_cap', t, 'band_{}_score')} as {o}_cap_rank,"
            f" {_rank(f'{o}_coverage', t, 'confidence_{}_coverage')} as {o}_coverage_rank"
        )
        final.append(
            f"{o}_model_score,"
            f" case when {o}_coverage_rank > 0 then {o}_gated end as {o}_health_score,"
            f" {o}_low_score, {o}_high_score, {o}_coverage, {o}_score_se, {o}_binding_gate_id,"
            f" case when {o}_coverage_rank > 0 then {_lower(f'{o}_state', f'{o}_cap_rank')} end"
            f" as {o}_band_rank,"
            f" {_rank(f'{o}_gated', t, 'band_{}_score')} as {o}_raw_band_rank,"
            f" coalesce({_lower(f'{o}_coverage_rank', f'{o}_limit')}, 0) as {o}_confidence_rank"
        )
    return f"""create table floor_health_scores as
with firsts as (
select account_id,
    {_lines(firsts)}
from floor_objective_scores
group by account_id
),
signals as (
select scores.*,
    {_lines(signals)}
from floor_objective_scores as scores
inner join firsts on scores.account_id = firsts.account_id
),
states as (
select *,
    {_lines(states)}
from signals
window earlier as (
    partition by account_id order by as_of_date rows between unbounded preceding and current row
)
),
capped as (
select states.account_id, states.as_of_date,
    {_lines(joined)}
from states
left join floor_gate_caps as caps
    on states.account_id = caps.account_id and states.as_of_date = caps.as_of_date
)
select account_id, as_of_date,
    {_lines(final)}
from capped"""
