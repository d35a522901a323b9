{%- set windows = setting('metric_parameters')['usage_windows'] -%}
{%- set longest_days = [
    windows.weeks * windows.week_days, windows.window_days + windows.baseline_days
] | max -%}
with

affected_dates as (

    select * from {{ ref('int_metrics_affected__dates') }}

),

account_sources as (

    select * from {{ ref('bridge_account_sources') }}

),

carried_marks as (

    {{ carried_rows('int_metrics_usage__firsts_and_lasts', {
        'account_id': dbt.type_string(),
        'as_of_date': 'date',
        'first_user_on': 'date',
        'last_user_on': 'date',
        'last_signal_on': 'date',
        'milestones': 'bigint',
    }) | indent(4) }}

),

first_dates as (

    select
        account_id,
        min(as_of_date) as affected_from
    from affected_dates
    group by account_id

),

last_links as (

    select
        account_id,
        max(known_on) as linked_on
    from account_sources
    where source_system = 'product_events'
    group by account_id

),

kept_dates as (

    select
        carried_marks.account_id,
        max(carried_marks.as_of_date) as kept_on
    from carried_marks
    inner join first_dates
        on
            carried_marks.account_id = first_dates.account_id
            and carried_marks.as_of_date < first_dates.affected_from
    group by carried_marks.account_id

),

{# What the windows of the first affected date reach is read again, and what was known since. A link
   that came later makes all events before it known on its own day. #}
final as (

    select
        {{ key_hash(['first_dates.account_id']) }} as account_key,
        first_dates.account_id,
        carried_marks.as_of_date as kept_on,
        carried_marks.first_user_on,
        carried_marks.last_user_on,
        carried_marks.last_signal_on,
        carried_marks.milestones,
        case
            when carried_marks.as_of_date is null then {{ earliest_date() }}
            when
                last_links.linked_on > least(
                    carried_marks.as_of_date,
                    {{ add_days('first_dates.affected_from', -longest_days) }}
                )
                then {{ earliest_date() }}
            else
                least(
                    carried_marks.as_of_date,
                    {{ add_days('first_dates.affected_from', -longest_days) }}
                )
        end as read_after
    from first_dates
    left join kept_dates on first_dates.account_id = kept_dates.account_id
    left join carried_marks
        on
            kept_dates.account_id = carried_marks.account_id
            and kept_dates.kept_on = carried_marks.as_of_date
    left join last_links on first_dates.account_id = last_links.account_id

)

select * from final
