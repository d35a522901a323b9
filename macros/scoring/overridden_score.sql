{# A score after an override: points added, a ceiling, a floor or a fixed value. A score that is null
   stays null: nobody publishes by hand what is not known. #}
{% macro overridden_score(score, kind, amount) -%}
    case
        when {{ score }} is null then null
        when {{ kind }} = 'delta' then {{ clamp_score('(' ~ score ~ ' + ' ~ amount ~ ')') }}
        when {{ kind }} = 'cap' and {{ score }} > {{ amount }} then {{ amount }}
        when {{ kind }} = 'floor' and {{ score }} < {{ amount }} then {{ amount }}
        when {{ kind }} = 'value' then {{ amount }}
        else {{ score }}
    end
{%- endmacro %}
