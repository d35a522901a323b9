{% set systems = [
    'salesforce', 'stripe', 'zendesk', 'product_events', 'surveys', 'marketing',
    'customer_success', 'market', 'decisions', 'derived',
] -%}

with

rejected_rows as (

    {% for system in systems %}
    select
        source_system,
        source_table,
        rejection_reason,
        recorded_at
    from {{ ref('quarantine_' ~ system) }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

final as (

    select
        source_system,
        source_table,
        rejection_reason,
        count(*) as row_count,
        min(recorded_at) as first_recorded_at,
        max(recorded_at) as last_recorded_at
    from rejected_rows
    group by source_system, source_table, rejection_reason

)

select * from final
