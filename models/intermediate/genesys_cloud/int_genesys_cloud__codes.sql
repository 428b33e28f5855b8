-- One row per wrap-up code that an agent set, also on what was no contact after all.
with

agent_stretches as (

    select * from {{ ref('int_genesys_cloud__agent_stretches') }}
    -- What was wrapped up without a connection was no contact of that agent, and codes of the
    -- platform's own say what it did, not what the contact was about.
    where
        wrap_up_code is not null
        and connected_at is not null
        and wrap_up_code not like 'ININ-%'

),

codes as (

    select
        contact_key,
        source_system,
        source_instance,
        source_session_id,
        user_id,
        wrap_up_code,
        coded_at,
        row_number() over (
            partition by contact_key
            order by coded_at, source_session_id
        ) as code_number,
        source_file,
        source_row,
        loaded_at
    from agent_stretches

)

select * from codes
