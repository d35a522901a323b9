with

versions as (

    select * from {{ ref('snap_crm__account_parents') }}

),

numbered_versions as (

    select
        account_id,
        parent_account_id,
        {{ snapshot_span('account_id') }}
    from versions

),

{# What stood before the first version that was kept is not known: it stands in, and says so. #}
all_spans as (

    select
        account_id,
        parent_account_id,
        cast(null as date) as valid_from,
        valid_from as valid_to,
        true as is_reconstructed
    from numbered_versions
    where version_number = 1
    union all
    select
        account_id,
        parent_account_id,
        valid_from,
        valid_to,
        false as is_reconstructed
    from numbered_versions

),

final as (

    select
        account_id,
        parent_account_id,
        valid_from,
        valid_to,
        is_reconstructed
    from all_spans
    where
        parent_account_id is not null
        and coalesce(valid_from, {{ earliest_date() }}) < coalesce(valid_to, {{ latest_date() }})

)

select * from final
