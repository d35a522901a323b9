{{ dimension_sums('billing') }}
