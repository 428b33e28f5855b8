-- The productivity index has no targets beside those of the KPIs that it is made of.
with

current_weights as (

    select
        part,
        target
    from {{ ref('productivity_weights') }}
    qualify row_number() over (partition by part order by valid_from desc) = 1

),

own_targets as (

    select
        kpi_name,
        target_low
    from {{ ref('dim_kpi_target') }}
    where
        target_kind = 'own'
        and valid_to = date '9999-12-31'
        and coalesce(queue_key, channel_key, contact_reason_key) is null

)

select
    current_weights.part,
    current_weights.target,
    own_targets.target_low
from current_weights
inner join own_targets on current_weights.part = own_targets.kpi_name
where current_weights.target <> own_targets.target_low
