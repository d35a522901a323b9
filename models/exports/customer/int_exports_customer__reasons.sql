with

customer_metrics as (

    select * from {{ ref('int_exports_customer__metrics') }}

),

reasons as (

    select
        account_id,
        metric_id,
        contribution_points,
        case when contribution_points > 0 then 'strength' else 'weakness' end as reason_kind,
        case when contribution_points > 0 then strength_text else weakness_text end as reason_text
    from customer_metrics
    where abs(contribution_points) >= smallest_reason_points

),

numbered_reasons as (

    select
        account_id,
        reason_kind,
        reason_text,
        row_number() over (
            partition by account_id, reason_kind
            order by round(abs(contribution_points), {{ score_digits() }}) desc, metric_id asc
        ) as reason_number
    from reasons
    where reason_text is not null

),

final as (

    select
        {%- for kind in ['strength', 'weakness'] %}
        nullif(
            concat_ws(
                '; '
                {%- for rank in shown_ranks() %},
                max(reason_text) filter (
                    where reason_kind = '{{ kind }}' and reason_number = {{ rank }}
                )
                {%- endfor %}
            ),
            ''
        ) as {{ kind }}_texts,
        {%- endfor %}
        account_id
    from numbered_reasons
    group by account_id

)

select * from final
