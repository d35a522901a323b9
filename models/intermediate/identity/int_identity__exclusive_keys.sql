with

accounts as (

    select * from {{ ref('int_crm__accounts') }}

),

contacts as (

    select * from {{ ref('int_crm__contacts') }}

),

account_survivors as (

    select * from {{ ref('int_identity__account_survivors') }}

),

free_mail_domains as (

    select * from {{ ref('free_mail_domains') }}

),

claims as (

    select
        'contact_email' as match_method,
        email_hash as key_value,
        account_id,
        known_on as claimed_on
    from contacts
    where email_hash is not null
    union all
    select
        'domain' as match_method,
        accounts.website_domain as key_value,
        accounts.account_id,
        accounts.known_on as claimed_on
    from accounts
    left join free_mail_domains
        on accounts.website_domain = free_mail_domains.domain
    where
        accounts.website_domain is not null
        and free_mail_domains.domain is null

),

{# From a merge on, the survivor claims what the merged account claimed before. #}
surviving_claims as (

    select
        claims.match_method,
        claims.key_value,
        account_survivors.survivor_account_id as account_id,
        min(greatest(
            claims.claimed_on,
            coalesce(account_survivors.valid_from, claims.claimed_on)
        )) as claimed_on,
        {{ latest_or_open('account_survivors.valid_to') }} as released_on
    from claims
    inner join account_survivors
        on claims.account_id = account_survivors.account_id
    where
        account_survivors.valid_to is null
        or account_survivors.valid_to > claims.claimed_on
    group by
        claims.match_method,
        claims.key_value,
        account_survivors.survivor_account_id

),

claim_changes as (

    select
        match_method,
        key_value,
        claimed_on as changed_on,
        1 as claim_change
    from surviving_claims
    union all
    select
        match_method,
        key_value,
        released_on as changed_on,
        -1 as claim_change
    from surviving_claims
    where released_on is not null

),

daily_changes as (

    select
        match_method,
        key_value,
        changed_on,
        sum(claim_change) as claim_change
    from claim_changes
    group by
        match_method,
        key_value,
        changed_on

),

claim_counts as (

    select
        match_method,
        key_value,
        changed_on,
        sum(claim_change) over key_changes as claim_count,
        lead(changed_on) over key_changes as next_changed_on,
        row_number() over key_changes as change_number
    from daily_changes
    window key_changes as (partition by match_method, key_value order by changed_on)

),

{# Before its first claim a key had no other owner, so older facts belong to the first one. #}
final as (

    select
        claim_counts.match_method,
        claim_counts.key_value,
        surviving_claims.account_id,
        case when claim_counts.change_number > 1 then claim_counts.changed_on end as valid_from,
        claim_counts.next_changed_on as valid_to,
        claim_counts.changed_on as known_on
    from claim_counts
    inner join surviving_claims
        on
            claim_counts.match_method = surviving_claims.match_method
            and claim_counts.key_value = surviving_claims.key_value
            and claim_counts.changed_on >= surviving_claims.claimed_on
            and (
                surviving_claims.released_on is null
                or claim_counts.changed_on < surviving_claims.released_on
            )
    where claim_counts.claim_count = 1

)

select * from final
