with

spine as (

    select * from {{ ref('int_metrics_affected__spine') }}

),

subscription_lines as (

    select * from {{ ref('fct_subscription_lines') }}

),

products as (

    select * from {{ ref('dim_products') }}

),

{# An end that was not known yet had not happened for anybody; of two lines of one subscription that
   then overlap, the later one holds. #}
known_lines as (

    select
        spine.account_id,
        spine.as_of_date,
        subscription_lines.subscription_id,
        subscription_lines.product_id,
        subscription_lines.committed_units,
        subscription_lines.term_starts_on,
        subscription_lines.term_ends_on,
        row_number() over (
            partition by spine.account_id, spine.as_of_date, subscription_lines.subscription_id
            order by
                subscription_lines.starts_on desc,
                subscription_lines.subscription_line_id desc
        ) as line_rank
    from subscription_lines
    inner join spine
        on
            subscription_lines.account_id = spine.account_id
            and subscription_lines.known_on <= spine.as_of_date
            and subscription_lines.starts_on <= spine.as_of_date
    where
        not coalesce(subscription_lines.is_trial, false)
        and (
            subscription_lines.ends_on is null
            or subscription_lines.ends_on > spine.as_of_date
            or subscription_lines.ended_known_on > spine.as_of_date
        )

),

final as (

    select
        known_lines.account_id,
        known_lines.as_of_date,
        known_lines.subscription_id,
        case
            when products.is_module then lower(trim(products.product_name))
        end as module_name,
        known_lines.committed_units,
        known_lines.term_starts_on,
        known_lines.term_ends_on
    from known_lines
    left join products on known_lines.product_id = products.product_id
    where known_lines.line_rank = 1

)

select * from final
