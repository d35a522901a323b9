{{ dimension_sums('usage') }}
