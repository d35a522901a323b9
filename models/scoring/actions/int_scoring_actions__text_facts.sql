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

current_risks as (

    select * from {{ ref('fct_account_churn_risks') }}
    where is_current

),

account_gates as (

    select * from {{ ref('fct_account_gates') }}

),

account_drivers as (

    select * from {{ ref('rpt_account_drivers') }}

),

metrics as (

    select * from {{ ref('metrics') }}

),

action_settings as (

    select * from {{ ref('action_settings') }}
    where is_published

),

active_gates as (

    select distinct
        account_gates.account_id,
        account_gates.gate_id
    from account_gates
    inner join action_accounts
        on
            account_gates.account_id = action_accounts.account_id
            and account_gates.as_of_date = action_accounts.as_of_date

),

negative_drivers as (

    select
        account_drivers.account_id,
        account_drivers.metric_id,
        account_drivers.driver_rank,
        metrics.dimension_id
    from account_drivers
    inner join action_settings
        on account_drivers.objective_id = action_settings.driver_objective_id
    inner join metrics on account_drivers.metric_id = metrics.metric_id
    where account_drivers.driver_kind = 'negative'

),

worst_drivers as (

    select * from negative_drivers
    where driver_rank = 1

),

all_facts as (

    {{ fact_rows([
        ('current_scores', "objective_id || '_band'", 'band'),
        ('current_spine', "'segment'", 'segment'),
        ('current_spine', "'lifecycle_stage'", 'lifecycle_stage'),
        ('current_risks', "'contract_position'", 'contract_position'),
        ('active_gates', "'active_gate'", 'gate_id'),
        ('negative_drivers', "'negative_driver'", 'metric_id'),
        ('worst_drivers', "'top_driver'", 'metric_id'),
        ('worst_drivers', "'top_dimension'", 'dimension_id'),
    ], 'text_value', dbt.type_string()) }}

),

final as (

    select
        all_facts.account_id,
        all_facts.fact_id,
        all_facts.text_value
    from all_facts
    inner join action_accounts on all_facts.account_id = action_accounts.account_id
    where all_facts.text_value is not null

)

select * from final
