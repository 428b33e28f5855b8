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

    select
        -1 as outcome_key,
        'not_applicable' as outcome,
        'Not applicable' as outcome_name,
        'The row has no outcome.' as meaning

    union all

    select
        -2 as outcome_key,
        'unknown' as outcome,
        'Unknown' as outcome_name,
        'The source does not tell the outcome.' as meaning

)

select * from dim_outcome
