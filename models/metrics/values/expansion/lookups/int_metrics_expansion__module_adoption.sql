with

module_adoption as (

    select * from {{ ref('module_adoption') }}

),

score_versions as (

    select * from {{ ref('score_versions') }}

),

products as (

    select * from {{ ref('dim_products') }}

),

modules_for_sale as (

    select distinct lower(trim(product_name)) as module_name
    from products
    where is_module

),

{# The share of few accounts says little: a module counts where enough peers could have it. #}
final as (

    select
        module_adoption.segment,
        modules_for_sale.module_name,
        module_adoption.adoption
    from module_adoption
    inner join score_versions
        on module_adoption.baseline_version = score_versions.baseline_version
    inner join modules_for_sale
        on lower(trim(module_adoption.product_name)) = modules_for_sale.module_name
    where
        score_versions.is_published
        and module_adoption.n_accounts >= {{ metric_parameter('whitespace', 'min_accounts') }}

)

select * from final
