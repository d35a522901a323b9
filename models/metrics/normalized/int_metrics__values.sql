{% set dimensions = [
    'usage',
    'support',
    'billing',
    'commercial',
    'expansion',
    'sentiment',
    'relationship',
    'marketing',
    'market',
] %}

{{ config(materialized='view') }}

with

{% for dimension in dimensions -%}
{{ dimension }}_values as (

    select * from {{ ref('fct_' ~ dimension ~ '_metric_values') }}

),

{% endfor -%}

final as (
    {% for dimension in dimensions %}
    select
        account_id,
        as_of_date,
        dimension_id,
        metric_id,
        metric_value,
        input_status,
        sample_size,
        last_data_on,
        quality
    from {{ dimension }}_values
    {% if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}
)

select * from final
