{{ dimension_sums('expansion') }}
