{{ dimension_sums('relationship') }}
