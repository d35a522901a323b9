{# A view for its only reader; of a carried warehouse, of the opportunities that it replaces. #}
{{ config(materialized='view') }}

with

opportunity_history as (

    select * from {{ ref('stg_salesforce__opportunity_history') }}
    {{ changed_only('int_changes__opportunities', 'opportunity_id') }}

),

dated_versions as (

    select
        opportunity_history.*,
        {{ known_on('version_start_at', 'recorded_at') }} as known_on
    from opportunity_history

),

{# A version that arrives after a later one is already known would change dates that are scored. #}
arrivals as (

    select
        dated_versions.*,
        min(dated_versions.known_on) over (
            partition by dated_versions.opportunity_id
            order by dated_versions.version_start_at asc
            range between current row and unbounded following
        ) as first_known_on
    from dated_versions

),

ordered_versions as (

    select
        arrivals.*,
        lead(arrivals.version_start_at) over (
            partition by arrivals.opportunity_id order by arrivals.version_start_at asc
        ) as next_start_at,
        lead(arrivals.known_on) over (
            partition by arrivals.opportunity_id order by arrivals.version_start_at asc
        ) as next_known_on
    from arrivals
    where arrivals.known_on <= arrivals.first_known_on

),

{# The last version ends only where the record itself was deleted. #}
final as (

    select
        {{ surrogate_key(['opportunity_id', 'version_start_at']) }} as opportunity_span_id,
        opportunity_id,
        account_id as crm_account_id,
        opportunity_type,
        stage_name,
        amount,
        probability,
        not coalesce(is_closed, false) as is_open,
        {{ reporting_date('version_start_at') }} as valid_from,
        {{ reporting_date(
            'coalesce(next_start_at, case when not is_current_version then version_end_at end)'
        ) }} as valid_to,
        recorded_at,
        known_on,
        case
            when next_start_at is not null then next_known_on
            when not is_current_version
                then greatest({{ reporting_date('version_end_at') }}, known_on)
        end as ended_known_on
    from ordered_versions

)

select * from final
