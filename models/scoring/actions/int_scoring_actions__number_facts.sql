with

action_accounts as (

    select * from {{ ref('int_scoring_actions__accounts') }}

),

current_spine as (

    select * from {{ ref('fct_account_spine') }}
    where is_current

),

current_scores as (

    select * from {{ ref('fct_account_health_scores') }}
    where is_current

),

account_gates as (

    select * from {{ ref('fct_account_gates') }}

),

known_metrics as (

    select * from {{ ref('int_scoring__current_metric_scores') }}
    where quality > 0

),

bands as (

    select * from {{ ref('bands') }}

),

playbook_conditions as (

    select * from {{ ref('playbook_conditions') }}

),

asked_facts as (

    select distinct fact_id
    from playbook_conditions

),

red_scores as (

    select
        current_scores.account_id,
        current_scores.objective_id,
        case when bands.needs_attention then 1 else 0 end as needs_attention
    from current_scores
    inner join bands
        on
            current_scores.score_version = bands.score_version
            and current_scores.band = bands.band

),

gate_counts as (

    select
        action_accounts.account_id,
        count(distinct account_gates.gate_id) as gate_count
    from action_accounts
    left join account_gates
        on
            action_accounts.account_id = account_gates.account_id
            and action_accounts.as_of_date = account_gates.as_of_date
    group by action_accounts.account_id

),

all_facts as (

    {{ fact_rows([
        ('current_scores', "objective_id || '_score'", 'health_score'),
        ('current_scores', "objective_id || '_coverage'", 'coverage'),
        ('red_scores', "objective_id || '_needs_attention'", 'needs_attention'),
        ('known_metrics', "'known_score_' || metric_id", 'effective_score'),
        ('current_spine', "'tenure_days'", 'tenure_days'),
        ('current_spine', "'days_to_renewal'", 'days_to_renewal'),
        ('gate_counts', "'active_gate_count'", 'gate_count'),
    ], 'number_value', type_double()) }}

),

{# What no playbook asks for is not kept. #}
final as (

    select
        all_facts.account_id,
        all_facts.fact_id,
        all_facts.number_value
    from all_facts
    inner join action_accounts on all_facts.account_id = action_accounts.account_id
    inner join asked_facts on all_facts.fact_id = asked_facts.fact_id
    where all_facts.number_value is not null

)

select * from final
