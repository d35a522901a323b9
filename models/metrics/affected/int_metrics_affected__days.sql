{#- A row that was loaded within the grace counts from the day before. -#}
{%- set grace_days = (setting('ingestion_grace_hours') + 23) // 24 -%}
{#- What holds for all accounts of a date. -#}
{%- set lookups = [
    'int_metrics_expansion__pipeline_clocks',
    'int_metrics_sources__clocks',
    'int_metrics_sources__late_values',
    'int_metrics_support__clocks',
] -%}
with

spine as (

    select * from {{ ref('fct_account_spine') }}

),

as_of_dates as (

    select distinct as_of_date from spine

),

{% for lookup in lookups -%}
{{ lookup }}_changes as (

    {{ changed_rows(ref(lookup), ['as_of_date']) }}

),

{% endfor -%}

plan_entitlements as (

    {{ changed_rows(ref('dim_plan_entitlements'), ['known_on']) }}

),

products as (

    {{ changed_rows(ref('dim_products'), ['product_id']) }}

),

changes as (

    select known_on as affected_from from plan_entitlements
    union all
    select {{ earliest_date() }} as affected_from from products
    union all
    select {{ add_days(landed_change('product_events', 'tracks'), -grace_days) }} as affected_from

),

first_changes as (

    select min(affected_from) as affected_from from changes

),

final as (

    {% for lookup in lookups -%}
    select as_of_date from {{ lookup }}_changes
    union distinct
    {% endfor -%}
    select as_of_dates.as_of_date
    from as_of_dates
    inner join first_changes on as_of_dates.as_of_date >= first_changes.affected_from

)

select * from final
