with

health_scores as (

    select * from {{ ref('fct_account_health_scores') }}

),

account_spine as (

    select * from {{ ref('fct_account_spine') }}

),

accounts as (

    select * from {{ ref('dim_accounts') }}

),

account_gates as (

    select * from {{ ref('fct_account_gates') }}

),

account_overrides as (

    select * from {{ ref('fct_account_overrides') }}
    where objective_id = 'overall'

),

driver_texts as (

    select * from {{ ref('int_scoring__driver_texts') }}

),

previous_scores as (

    select * from {{ ref('int_scoring__previous_scores') }}

),

latest_scores as (

    select
        account_id,
        as_of_date,
        {%- for objective in ['overall', 'retention', 'growth', 'advocacy'] %}
        max(health_score) filter (where objective_id = '{{ objective }}')
            as {{ objective }}_score,
        max(low_score) filter (where objective_id = '{{ objective }}')
            as {{ objective }}_low_score,
        max(high_score) filter (where objective_id = '{{ objective }}')
            as {{ objective }}_high_score,
        max(band) filter (where objective_id = '{{ objective }}') as {{ objective }}_band,
        max(confidence) filter (where objective_id = '{{ objective }}')
            as {{ objective }}_confidence,
        max(coverage) filter (where objective_id = '{{ objective }}')
            as {{ objective }}_coverage,
        max(override_points) filter (where objective_id = '{{ objective }}')
            as {{ objective }}_override_points,
        {%- endfor %}
        max(score_version) as score_version,
        max(version_status) as version_status,
        max(card_id) as card_id
    from health_scores
    where is_current
    group by account_id, as_of_date

),

binding_gates as (

    select
        account_id,
        as_of_date,
        gate_id,
        evidence
    from account_gates
    where
        is_binding
        and objective_id = 'overall'

),

final as (

    select
        latest_scores.account_id,
        accounts.account_name,
        latest_scores.as_of_date,
        latest_scores.score_version,
        latest_scores.version_status,
        latest_scores.card_id,
        account_spine.segment,
        account_spine.industry,
        account_spine.owner_id,
        account_spine.lifecycle_stage,
        account_spine.is_eligible,
        account_spine.ineligible_reason,
        account_spine.arr,
        account_spine.renewal_on,
        account_spine.days_to_renewal,
        {%- for objective in ['overall', 'retention', 'growth', 'advocacy'] %}
        latest_scores.{{ objective }}_score,
        latest_scores.{{ objective }}_low_score,
        latest_scores.{{ objective }}_high_score,
        latest_scores.{{ objective }}_band,
        latest_scores.{{ objective }}_confidence,
        latest_scores.{{ objective }}_coverage,
        latest_scores.{{ objective }}_override_points,
        {%- endfor %}
        previous_scores.as_of_date as previous_as_of_date,
        previous_scores.health_score as previous_overall_score,
        latest_scores.overall_score - previous_scores.health_score as overall_score_change,
        previous_scores.band as previous_overall_band,
        driver_texts.negative_drivers,
        driver_texts.positive_drivers,
        driver_texts.unknown_drivers,
        binding_gates.gate_id as binding_gate_id,
        binding_gates.evidence as binding_gate_evidence,
        account_overrides.override_id,
        account_overrides.reason_code as override_reason_code,
        account_overrides.expires_on as override_expires_on
    from latest_scores
    inner join account_spine
        on
            latest_scores.account_id = account_spine.account_id
            and latest_scores.as_of_date = account_spine.as_of_date
    left join accounts on latest_scores.account_id = accounts.account_id
    left join previous_scores on latest_scores.account_id = previous_scores.account_id
    left join driver_texts on latest_scores.account_id = driver_texts.account_id
    left join binding_gates
        on
            latest_scores.account_id = binding_gates.account_id
            and latest_scores.as_of_date = binding_gates.as_of_date
    left join account_overrides
        on
            latest_scores.account_id = account_overrides.account_id
            and latest_scores.as_of_date = account_overrides.as_of_date

)

select * from final
