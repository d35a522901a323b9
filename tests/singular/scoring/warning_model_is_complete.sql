{# One version is published, and it has limits for scores and for metrics. #}
with

warning_settings as (

    select * from {{ ref('warning_settings') }}

),

limits as (

    select * from {{ ref('int_scoring_warnings__limits') }}

),

faults as (

    select 'warning_settings: not one version is published' as fault
    from warning_settings
    having count(*) filter (where is_published) != 1
    union all
    select 'warning_limits: the published version lacks a kind of subject' as fault
    from limits
    having count(distinct subject_kind) != 2
)

select fault
from faults
