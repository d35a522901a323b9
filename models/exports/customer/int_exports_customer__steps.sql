with

customer_metrics as (

    select * from {{ ref('int_exports_customer__metrics') }}

),

customer_scores as (

    select * from {{ ref('int_exports_customer__scores') }}

),

numbered_steps as (

    select
        account_id,
        metric_id,
        step_text,
        open_points,
        row_number() over (
            partition by account_id
            order by round(open_points, {{ score_digits() }}) desc, metric_id asc
        ) as step_number
    from customer_metrics
    where
        step_text is not null
        and round(open_points, {{ score_digits() }}) > 0

),

summed_steps as (

    select
        account_id,
        metric_id,
        step_text,
        step_number,
        open_points,
        sum(open_points) over (
            partition by account_id
            order by step_number
            rows between unbounded preceding and current row
        ) as open_points_so_far,
        sum(open_points) over (partition by account_id) as open_points_of_all
    from numbered_steps
    where step_number <= {{ shown_ranks() | last }}

),

joint_gains as (

    select
        summed_steps.*,
        customer_scores.customer_score,
        {{ clamp_score('customer_scores.model_score + summed_steps.open_points_of_all') }}
        - customer_scores.customer_score as joint_points
    from summed_steps
    inner join customer_scores on summed_steps.account_id = customer_scores.account_id

),

{# Where all steps together would pass an end of the scale, each earns its share of what can be
   seen: the gains add up to what they bring together. #}
shared_steps as (

    select
        account_id,
        metric_id,
        step_text,
        step_number,
        customer_score,
        joint_points * open_points_so_far / nullif(open_points_of_all, 0) as points_so_far,
        joint_points * (open_points_so_far - open_points) / nullif(open_points_of_all, 0)
            as points_before
    from joint_gains
    where joint_points > 0

),

{# A gain is the difference of two scores as they are shown, so what is read adds up as well. #}
final as (

    select
        account_id,
        step_number,
        metric_id,
        step_text,
        points_so_far - points_before as exact_points,
        {{ shown_score('customer_score + points_so_far') }} as score_after,
        cast(
            {{ shown_score('customer_score + points_so_far') }}
            - {{ shown_score('customer_score + points_before') }} as numeric(5, 1)
        ) as step_points
    from shared_steps

)

select * from final
