with

mentions as (

    select * from {{ ref('int_market__mentions') }}

),

account_sources as (

    select * from {{ ref('bridge_account_sources') }}

),

final as (

    select
        mentions.mention_id,
        account_sources.account_id,
        mentions.platform,
        mentions.mention_subject,
        mentions.competitor,
        mentions.polarity,
        mentions.reach,
        mentions.posted_on,
        mentions.recorded_at,
        greatest(mentions.known_on, account_sources.known_on) as known_on
    from mentions
    inner join account_sources
        on
            account_sources.source_system = 'market'
            and mentions.domain = account_sources.source_key
            and {{ valid_on('mentions.posted_on', 'account_sources') }}

)

select * from final
