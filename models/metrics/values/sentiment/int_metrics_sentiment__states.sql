{{ config(materialized='view') }}

{%- set opinion_types = ['nps', 'csat', 'text'] -%}
with

spine as (

    select * from {{ ref('int_metrics_affected__spine') }}

),

opinions as (

    select * from {{ ref('int_metrics_sentiment__opinions') }}
    {{ affected_since('account_id', 'coalesce(ends_on, ' ~ latest_date() ~ ')') }}

),

contact_spans as (

    select * from {{ ref('int_metrics_sentiment__contact_spans') }}
    {{ affected_since('account_id', 'coalesce(ends_on, ' ~ latest_date() ~ ')') }}

),

grid_days as (

    select * from {{ ref('int_metrics_grid__days') }}

),

grid_spans as (

    select * from {{ ref('int_metrics_affected__grid_spans') }}

),

opinions_by_date as (

    select
        opinions.account_id,
        grid_spans.as_of_date,
        opinions.opinion_type,
        opinions.given_on,
        opinions.opinion,
        opinions.opinion_weight,
        {{ halving(
            days_between('opinions.given_on', 'grid_spans.as_of_date'), 'opinions.half_life_days'
        ) }} as recency
    from opinions
    inner join grid_days as start_days
        on {{ counted_on('opinions.starts_on') }} = start_days.calendar_date
    left join grid_days as end_days on opinions.ends_on = end_days.calendar_date
    inner join grid_spans
        on
            start_days.date_number = grid_spans.start_number
            and coalesce(end_days.date_number, 0) = grid_spans.end_number

),

opinion_states as (

    select
        account_id,
        {%- for opinion_type in opinion_types %}
        {%- set condition = "opinion_type = '" ~ opinion_type ~ "'" %}
        {{ exact_sum('opinion * opinion_weight * recency', condition) }}
        / nullif({{ exact_sum('opinion_weight * recency', condition) }}, 0)
            as {{ opinion_type }}_mean,
        {{ exact_sum('recency', condition) }} as {{ opinion_type }}_mass,
        max(given_on) filter (where opinion_type = '{{ opinion_type }}')
            as {{ opinion_type }}_last_on,
        {%- endfor %}
        as_of_date
    from opinions_by_date
    group by account_id, as_of_date

),

replies as (

    select
        contact_spans.account_id,
        grid_spans.as_of_date,
        count(*) as invited_count,
        count(*) filter (
            where {{ days_between('contact_spans.last_replied_on', 'grid_spans.as_of_date') }}
            < {{ metric_parameter('survey_response_rate', 'window_days') }}
        ) as replied_count,
        max(contact_spans.last_invited_on) as last_invited_on
    from contact_spans
    inner join grid_days as start_days
        on {{ counted_on('contact_spans.starts_on') }} = start_days.calendar_date
    left join grid_days as end_days on contact_spans.ends_on = end_days.calendar_date
    inner join grid_spans
        on
            start_days.date_number = grid_spans.start_number
            and coalesce(end_days.date_number, 0) = grid_spans.end_number
    group by contact_spans.account_id, grid_spans.as_of_date

),

final as (

    select
        spine.account_id,
        spine.as_of_date,
        spine.touch_model,
        {%- for opinion_type in opinion_types %}
        opinion_states.{{ opinion_type }}_mean,
        opinion_states.{{ opinion_type }}_mass,
        opinion_states.{{ opinion_type }}_last_on,
        {%- endfor %}
        replies.invited_count,
        replies.replied_count,
        replies.last_invited_on
    from spine
    left join opinion_states
        on
            spine.account_id = opinion_states.account_id
            and spine.as_of_date = opinion_states.as_of_date
    left join replies
        on
            spine.account_id = replies.account_id
            and spine.as_of_date = replies.as_of_date

)

select * from final
