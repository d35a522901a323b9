{# Whether the source says that the record is gone and the contract does not keep such records. #}
{% macro is_deleted_row(contract) -%}
    {%- if not contract.soft_delete -%} false
    {%- else -%}
        (
            {%- for name in contract.soft_delete %}
            coalesce(source_rows.{{ name }}, false)
            {%- if not loop.last %} or {% endif %}
            {%- endfor %}
        )
        {%- if contract.kept_when %} and source_rows.{{ contract.kept_when }} is null {%- endif -%}
    {%- endif -%}
{%- endmacro %}
