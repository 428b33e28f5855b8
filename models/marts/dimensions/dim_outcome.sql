-- One row per outcome of a contact or queue visit, with the two missing members.
with

outcomes as (

    select * from {{ ref('outcomes') }}

),

keyed_outcomes as (

    select
        {{ reference_key('outcome', 'outcome') }} as outcome_key,
        outcome,
        outcome_name,
        meaning
    from outcomes

),

dim_outcome as (

    select * from keyed_outcomes

    union all

    select -1, 'not_applicable', 'Not applicable', 'The row has no outcome.'

    union all

    select -2, 'unknown', 'Unknown', 'The source does not tell the outcome.'

)

select * from dim_outcome
