{# A mart of metric values: each value of a domain's wide model becomes one row per metric of the
   catalogue that scores it, so a metric that reuses a value needs no SQL. The wide rows are read once,
   so that the metrics of an account and date come one after the other and sum cheaply. #}
{% macro metric_values_mart(domain, value_ids) -%}
with

wide_values as (

    select * from {{ ref('int_metrics_' ~ domain ~ '__values') }}

),

scorecards as (

    select * from {{ ref('fct_account_scorecards') }}

),

catalogue as (

    select * from {{ ref('int_metrics__catalogue') }}

),

late_values as (

    select * from {{ ref('int_metrics_sources__late_values') }}

),

long_values as (

    select
        wide_values.account_id,
        wide_values.as_of_date,
        scorecards.card_id,
        catalogue.*,
        {{ picked_value(value_ids, 'value') }} as picked_value,
        {{ picked_value(value_ids, 'hint') }} as picked_hint,
        {{ picked_value(value_ids, 'sample') }} as picked_sample,
        {{ picked_value(value_ids, 'last_on') }} as picked_last_on,
        late_values.value_id is not null as is_source_late
    from wide_values
    left join scorecards
        on
            wide_values.account_id = scorecards.account_id
            and wide_values.as_of_date = scorecards.as_of_date
    inner join catalogue on catalogue.value_id in ('{{ value_ids | join("', '") }}')
    left join late_values
        on
            catalogue.value_id = late_values.value_id
            and wide_values.as_of_date = late_values.as_of_date

),

{{ judged_metric_values() }}

select * from final
{%- endmacro %}
