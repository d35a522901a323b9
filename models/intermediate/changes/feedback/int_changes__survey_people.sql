with

changed_links as (

    select * from {{ ref('int_changes__account_links') }}

),

changed_respondents as (

    {{ changed_rows(ref('int_survey__respondents'), ['person_id']) }}

),

changes as (

    select person_id from changed_respondents
    union distinct
    select source_key as person_id
    from changed_links
    where source_system = 'surveys'

),

final as (

    select person_id from changes

)

select * from final
