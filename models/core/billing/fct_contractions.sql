with

mrr_steps as (

    select * from {{ ref('int_billing__mrr_steps') }}

),

falls as (

    select
        account_id,
        changed_on,
        mrr_after - mrr_change as mrr_before,
        {{ add_days('changed_on', setting('contraction_min_days')) }} as lasting_from
    from mrr_steps
    where
        mrr_change < 0
        and not is_extension

),

{# What came back within the days was a change of contract. What fell to nothing is a churn. #}
lasting_levels as (

    select
        falls.account_id,
        falls.changed_on,
        falls.lasting_from,
        falls.mrr_before,
        max(mrr_steps.mrr_after) as lasting_mrr,
        max(mrr_steps.known_on) as steps_known_on
    from falls
    inner join mrr_steps
        on
            falls.account_id = mrr_steps.account_id
            and falls.changed_on <= mrr_steps.changed_on
            and falls.lasting_from > mrr_steps.changed_on
    group by
        falls.account_id,
        falls.changed_on,
        falls.lasting_from,
        falls.mrr_before

),

measured_falls as (

    select
        account_id,
        changed_on as contracted_on,
        lasting_mrr,
        mrr_before,
        greatest(lasting_from, steps_known_on) as known_on,
        1 - lasting_mrr / nullif(mrr_before, 0) as lost_ratio
    from lasting_levels
    where lasting_from <= {{ as_of_date() }}

),

final as (

    select
        {{ surrogate_key(['account_id', 'contracted_on']) }} as contraction_id,
        account_id,
        contracted_on,
        lost_ratio,
        cast(known_on as timestamp) as recorded_at,
        known_on
    from measured_falls
    where
        lasting_mrr > 0
        and cast(lasting_mrr as numeric(18, 4))
        <= cast(mrr_before * (1 - {{ setting('contraction_min_ratio') }}) as numeric(18, 4))

)

select * from final
