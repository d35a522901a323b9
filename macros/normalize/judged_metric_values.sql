{# The last CTEs of a mart of metric values: what is known of each of long_values, and its quality. #}
{% macro judged_metric_values() -%}
assessed_values as (

    select
        long_values.*,
        {{ value_fault('long_values.picked_value', 'long_values') }} as value_fault,
        {{ value_quality('long_values.picked', 'long_values.as_of_date', 'long_values') }}
            as picked_quality
    from long_values

),

judged_values as (

    select
        assessed_values.*,
        case
            when picked_hint is not null then picked_hint
            when value_fault is not null then value_fault
            when kappa is null and picked_quality = 0 then 'stale'
            when picked_value = 0 then 'zero'
            else 'observed'
        end as picked_status
    from assessed_values

),

{# What was last good is carried on and counts, but says that its source is late. #}
final as (

    select
        account_id,
        as_of_date,
        card_id,
        dimension_id,
        metric_id,
        value_id,
        peer_scheme is not null as has_peers,
        case when picked_status in ('observed', 'zero') then picked_value end as metric_value,
        case
            when is_source_late and picked_status in ('observed', 'zero', 'stale')
                then 'source_late'
            else picked_status
        end as input_status,
        {{ finite('picked_sample') }} as sample_size,
        picked_last_on as last_data_on,
        case when picked_status in ('observed', 'zero') then picked_quality else 0 end as quality
    from judged_values

)
{%- endmacro %}
