with

changes as (

    {{ changed_rows(ref('int_identity__account_links'), ['source_system', 'source_key']) }}

),

final as (

    select distinct
        source_system,
        source_key
    from changes

)

select * from final
