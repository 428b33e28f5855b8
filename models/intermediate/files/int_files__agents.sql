-- One row per agent of the files and span of time in one team, without gaps.
with

agents as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__agents') }}
    where row_status = 'used'

),

spans_without_gaps as (

    select
        source_system,
        source_instance,
        agent_code,
        coalesce(agent_name, agent_code) as agent_name,
        team_code,
        is_shared_login,
        -- Work before the first row of an agent belongs to the first team it names.
        case
            when row_number() over first_to_last = 1 then timestamp '1900-01-01 00:00:00'
            else valid_from
        end as valid_from,
        {{ valid_to(['source_instance', 'agent_code']) }} as valid_to
    from agents
    window first_to_last as (partition by source_instance, agent_code order by valid_from)

)

select * from spans_without_gaps
