with

computed_scores as (

    select * from {{ ref('int_metrics__computed_scores') }}
    where as_of_date = {{ as_of_date() }}

),

final as (

    select
        account_id,
        as_of_date,
        card_id,
        dimension_id,
        metric_id,
        value_domain,
        metric_value,
        input_status,
        sample_size,
        last_data_on,
        quality,
        metric_score,
        typical_score,
        effective_score,
        is_applicable,
        baseline_version
    from computed_scores

)

select * from final
