{{ config(materialized='incremental') }}

{%- set signal_models = [
    'int_metrics_billing__gate_signals',
    'int_metrics_commercial__gate_signals',
    'int_metrics_market__gate_signals',
    'int_metrics_relationship__gate_signals',
    'int_metrics_support__gate_signals',
    'int_metrics_usage__gate_signals',
] -%}
with

signals as (

    {%- for signal_model in signal_models %}
    select
        account_id,
        as_of_date,
        signal_id,
        signal_value,
        evidence
    from {{ ref(signal_model) }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}

),

final as (

    select
        account_id,
        as_of_date,
        signal_id,
        signal_value,
        evidence
    from signals

)

select * from final
