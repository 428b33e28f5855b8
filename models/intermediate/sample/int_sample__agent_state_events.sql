-- One row per change of an agent's state in the sample.
with

agent_activity as (

    select * from {{ ref('stg_sample__agent_activity') }}
    where row_status = 'used'

),

agent_state_events as (

    select
        'sample' as source_system,
        'default' as source_instance,
        source_event_id,
        agent_code,
        'main' as track,
        case state
            when 'LOGIN' then 'login'
            when 'LOGOUT' then 'offline'
            when 'AVAILABLE' then 'available'
            when 'RINGING' then 'ringing'
            when 'ON_CONTACT' then 'on_contact'
            when 'AFTER_CONTACT_WORK' then 'after_contact_work'
            when 'NOT_RESPONDING' then 'not_responding'
            -- An agent in a state we do not know is logged in all the same.
            else 'auxiliary'
        end as state,
        lower(reason_code) as reason_code,
        -- Event ids grow as the source writes; the order of landing does not matter.
        coalesce(try_cast(substr(source_event_id, 2) as bigint), source_row) as event_sequence,
        event_at,
        case
            when
                state not in (
                    'LOGIN', 'LOGOUT', 'AVAILABLE', 'RINGING', 'ON_CONTACT',
                    'AFTER_CONTACT_WORK', 'NOT_RESPONDING', 'AUX'
                )
                or state is null
                then 'undocumented_state'
        end as dq_flag,
        source_file,
        source_row,
        loaded_at
    from agent_activity

)

select * from agent_state_events
