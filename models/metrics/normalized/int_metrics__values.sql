{{ config(materialized='view') }}

with

{% for domain in value_domains() -%}
{{ domain }}_values as (

    select * from {{ ref('fct_' ~ domain ~ '_metric_values') }}

),

{% endfor -%}

final as (
    {% for domain in value_domains() %}
    select
        account_id,
        as_of_date,
        card_id,
        dimension_id,
        metric_id,
        has_peers,
        '{{ domain }}' as value_domain,
        metric_value,
        input_status,
        sample_size,
        last_data_on,
        quality
    from {{ domain }}_values
    {% if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}
)

select * from final
