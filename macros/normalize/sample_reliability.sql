{# Quality of a sampled value: half when the sample is as large as kappa. #}
{% macro sample_reliability(sample_size, kappa) -%}
    case
        when {{ sample_size }} > 0 then {{ sample_size }} / ({{ sample_size }} + {{ kappa }})
        else 0
    end
{%- endmacro %}
