-- One row per agent of the sample and span of time in one team, without gaps.
with

agents as (

    select * from {{ ref('stg_sample__agents') }}

),

spans_without_gaps as (

    select
        'sample' as source_system,
        'default' as source_instance,
        agent_code,
        agent_name,
        team_code,
        coalesce(is_shared_login, false) as is_shared_login,
        -- Work before the first entry of the directory belongs to the first team it names.
        case
            when row_number() over (partition by agent_code order by valid_from) = 1
                then timestamp '1900-01-01 00:00:00'
            else valid_from
        end as valid_from,
        {{ valid_to(['agent_code']) }} as valid_to
    from agents

)

select * from spans_without_gaps
