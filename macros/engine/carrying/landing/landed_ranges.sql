{# Conditions on the raw rows of a table that no two of them fulfil together, and one of them each row
   whose value of a column of the key occurs in new files. A range of one raw column lets the engine
   leave out most of the old files unread; text is compared trimmed, so what begins with a blank or with
   no ASCII letter is looked at too. #}
{% macro landed_ranges(column, added) -%}
    {%- set is_text = column.family == 'text' and not column.rules.get('enum') and not column.rules.get('lowercase') -%}
    {%- if column.raw is none or column.type != 'varchar' or not (is_text or column.family == 'integer') -%}
        {{ return(['true']) }}
    {%- endif -%}
    {%- set raw = quoted_name(column.raw) -%}
    {%- set value = contract_value(column) if is_text else raw -%}
    {%- set bounds = run_query("select min(" ~ value ~ "), max(" ~ value ~ ") from " ~ added)[0] -%}
    {%- set ranges = [raw ~ " is null"] -%}
    {%- if bounds[0] is none -%} {{ return(ranges + ([raw ~ " is not null"] if is_text else [])) }} {%- endif -%}
    {%- if not is_text -%} {{ return(ranges + [raw ~ " between " ~ bounds[0] ~ " and " ~ bounds[1]]) }} {%- endif -%}
    {%- set lowest = "greatest('" ~ bounds[0].replace("'", "''") ~ "', '!')" -%}
    {#- A blank at the end sorts before this character, whichever of Unicode's blanks it is. -#}
    {%- set highest = "least('" ~ bounds[1].replace("'", "''") ~ "' || chr(12289), chr(128))" -%}
    {{ return(ranges + [
        raw ~ " < '!'", raw ~ " >= chr(128)", raw ~ " >= " ~ lowest ~ " and " ~ raw ~ " < " ~ highest
    ]) }}
{%- endmacro %}
