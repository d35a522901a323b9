{# Cells and segments hold each paying account once: ARR, value and loss add up. #}
with

account_values as (

    select * from {{ ref('rpt_account_value') }}

),

value_risk_matrix as (

    select * from {{ ref('rpt_value_risk_matrix') }}

),

arr_at_risk as (

    select * from {{ ref('rpt_arr_at_risk') }}

),

account_spine as (

    select * from {{ ref('fct_account_spine') }}

),

book as (

    select
        sum(arr) as arr,
        count(*) filter (where arr > 0) as account_count
    from account_spine
    where is_current

),

accounts as (

    select
        sum(expected_loss) as expected_loss,
        sum(lifetime_value) filter (where arr > 0) as lifetime_value
    from account_values

),

matrix as (

    select
        sum(account_count) as account_count,
        sum(arr) as arr,
        sum(expected_loss) as expected_loss,
        sum(lifetime_value) as lifetime_value
    from value_risk_matrix

),

segments as (

    select
        sum(account_count) as account_count,
        sum(arr) as arr,
        sum(arr_at_risk) as expected_loss
    from arr_at_risk
    where is_current

),

final as (

    select
        book.arr as book_arr,
        matrix.arr as matrix_arr,
        segments.arr as segments_arr,
        accounts.expected_loss,
        accounts.lifetime_value
    from book
    cross join accounts
    cross join matrix
    cross join segments
    where
        book.account_count != matrix.account_count
        or book.account_count != segments.account_count
        or abs(book.arr - matrix.arr) >= 0.005
        or abs(book.arr - segments.arr) >= 0.005
        or abs(accounts.expected_loss - coalesce(matrix.expected_loss, 0)) >= 0.005
        or abs(accounts.expected_loss - coalesce(segments.expected_loss, 0)) >= 0.005
        or abs(accounts.lifetime_value - coalesce(matrix.lifetime_value, 0)) >= 0.005

)

select * from final
