{{ config(
    materialized='incremental',
    meta={'kept_by': {'source_key': 'int_changes__source_keys'}}
) }}

with

candidate_links as (

    select * from {{ ref('int_identity__candidate_links') }}
    {{ changed_only('int_changes__source_keys', 'source_key') }}

),

identity_methods as (

    select * from {{ ref('identity_methods') }}

),

{# An override was always meant; any other link holds from the first day on which one led there. #}
dated_links as (

    select
        candidate_links.source_system,
        candidate_links.source_key,
        candidate_links.account_id,
        candidate_links.valid_from,
        candidate_links.valid_to,
        candidate_links.known_on,
        identity_methods.match_method,
        identity_methods.match_confidence,
        identity_methods.match_priority,
        case
            when candidate_links.match_method = 'override' then {{ earliest_date() }}
            else
                min(candidate_links.known_on) over (
                    partition by
                        candidate_links.source_system,
                        candidate_links.source_key,
                        candidate_links.account_id
                )
        end as holds_from
    from candidate_links
    inner join identity_methods
        on candidate_links.match_method = identity_methods.match_method

),

ranked_links as (

    select
        source_system,
        source_key,
        account_id,
        valid_from,
        valid_to,
        known_on,
        match_method,
        match_confidence,
        holds_from,
        min(holds_from) over (
            partition by source_system, source_key
            order by match_priority asc
            range between unbounded preceding and 1 preceding
        ) as better_from,
        min(holds_from) over (
            partition by source_system, source_key
            order by match_priority asc
            range between 1 following and unbounded following
        ) as worse_from
    from dated_links

),

{#
    A more trusted link takes over from the day it is known; earlier facts stay where they were, as
    with a merge, so that no score of the past moves.
#}
final as (

    select
        source_system,
        source_key,
        account_id,
        match_method,
        match_confidence,
        case
            when worse_from < holds_from then {{ later_start('valid_from', 'holds_from') }}
            else valid_from
        end as valid_from,
        {{ earlier_end('valid_to', 'better_from') }} as valid_to,
        case when match_method = 'override' then known_on else holds_from end as known_on
    from ranked_links
    where
        better_from is null
        or better_from > holds_from

)

select * from final
