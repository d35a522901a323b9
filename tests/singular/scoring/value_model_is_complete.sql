{# One version is published; all classes have cells, all bands and contract types a row. A draft of
   the scoring model needs none yet. #}
with

value_settings as (

    select * from {{ ref('value_settings') }}

),

value_classes as (

    select * from {{ ref('value_classes') }}

),

risk_classes as (

    select * from {{ ref('risk_classes') }}

),

value_risk_cells as (

    select * from {{ ref('value_risk_cells') }}

),

bands as (

    select * from {{ ref('bands') }}

),

score_versions as (

    select * from {{ ref('score_versions') }}
    where is_published

),

band_contractions as (

    select * from {{ ref('band_contractions') }}

),

contract_types as (

    select * from {{ ref('contract_types') }}

),

contract_exposures as (

    select * from {{ ref('contract_exposures') }}

),

published as (

    select count(*) as version_count
    from value_settings
    where is_published

),

faults as (

    select 'value_settings: not one version is published' as fault
    from published
    where version_count != 1
    union all
    select
        'value_risk_cells: no cell for '
        || value_classes.value_class
        || ' and '
        || risk_classes.risk_class as fault
    from value_classes
    inner join risk_classes on value_classes.value_version = risk_classes.value_version
    left join value_risk_cells
        on
            value_classes.value_version = value_risk_cells.value_version
            and value_classes.value_class = value_risk_cells.value_class
            and risk_classes.risk_class = value_risk_cells.risk_class
    where value_risk_cells.cell is null
    union all
    select 'band_contractions: no row for ' || bands.score_version || ' ' || bands.band
    from bands
    inner join score_versions on bands.score_version = score_versions.score_version
    left join band_contractions
        on
            bands.score_version = band_contractions.score_version
            and bands.band = band_contractions.band
    where band_contractions.band is null
    union all
    select distinct 'contract_exposures: no row for ' || contract_types.contract_type
    from contract_types
    left join contract_exposures
        on contract_types.contract_type = contract_exposures.contract_type
    where contract_exposures.contract_type is null

)

select fault
from faults
