{# By what the free weights of a group are multiplied, so that with its fixed weights they are 1. #}
{% macro shared_rest(fixed_weight, free_weight) -%}
    (
        (1 - coalesce(sum({{ fixed_weight }}) over (
            partition by card_id, node_type, parent_id, valid_from
        ), 0))
        / nullif(sum({{ free_weight }}) over (
            partition by card_id, node_type, parent_id, valid_from
        ), 0)
    )
{%- endmacro %}
