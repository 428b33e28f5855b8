-- One row per call to a customer that an agent or a dialer dialed.
with

contact_outlines as (

    select * from {{ ref('int_genesys_cloud__contact_outlines') }}

),

agent_stretches as (

    select * from {{ ref('int_genesys_cloud__agent_stretches') }}

),

customer_sessions as (

    select * from {{ ref('int_genesys_cloud__session_stretches') }}
    where role = 'customer' and campaign_id is not null and media_type <> 'callback'

),

connections as (

    select * from {{ ref('int_genesys_cloud__connections') }}
    where leg_type = 'customer'

),

agent_calls as (

    select
        contact_key,
        conversation_id,
        source_session_id as source_attempt_id,
        user_id,
        case
            when callback_taken_at is null then dial_started_at
            else coalesce(greatest(callback_taken_at, previous_call_ended_at), dial_started_at)
        end as dialed_at,
        dial_number as attempt_number,
        dial_ended_at,
        connected_at as answered_at,
        connected_at as agent_connected_at,
        case
            when not is_open or connected_until is not null
                then coalesce(connected_until, dial_ended_at)
        end as ended_at,
        {{ seconds_between('dialed_at', 'coalesce(connected_at, dial_ended_at)') }}
            as dial_seconds
    from agent_stretches
    where
        is_dialed
        and not is_asking
        and stretch_number = 0
        and channel_code = 'phone'
        and (contact_direction = 'outbound' or callback_taken_at is not null)

),

contacts_dialed_by_agents as (

    select distinct contact_key from agent_calls

),

first_connections as (

    select * from connections
    qualify row_number() over (partition by contact_key order by connected_at, source_leg_id) = 1

),

-- What a dialer dials costs nobody time.
dialer_calls as (

    select
        contact_outlines.contact_key,
        customer_sessions.conversation_id,
        customer_sessions.source_session_id as source_attempt_id,
        first_connections.user_id,
        coalesce(customer_sessions.dial_started_at, customer_sessions.started_at) as dialed_at,
        cast(null as bigint) as attempt_number,
        customer_sessions.dial_ended_at,
        customer_sessions.connected_at as answered_at,
        first_connections.connected_at as agent_connected_at,
        case when not customer_sessions.is_open then customer_sessions.last_moment_at end
            as ended_at,
        cast(null as decimal(18, 3)) as dial_seconds
    from customer_sessions
    inner join contact_outlines
        on
            customer_sessions.document_id = contact_outlines.document_id
            and customer_sessions.channel_code = contact_outlines.channel_code
    left join contacts_dialed_by_agents
        on contact_outlines.contact_key = contacts_dialed_by_agents.contact_key
    left join first_connections on contact_outlines.contact_key = first_connections.contact_key
    where contacts_dialed_by_agents.contact_key is null

),

dialed_calls as (

    select * from agent_calls

    union all

    select * from dialer_calls

),

connected_calls as (

    select distinct contact_key from dialed_calls
    where agent_connected_at is not null

),

-- Spoken to, and the dialing is in no record.
undialed_calls as (

    select
        first_connections.contact_key,
        first_connections.conversation_id,
        first_connections.source_leg_id as source_attempt_id,
        first_connections.user_id,
        first_connections.connected_at as dialed_at,
        cast(null as bigint) as attempt_number,
        cast(null as timestamp) as dial_ended_at,
        first_connections.connected_at as answered_at,
        first_connections.connected_at as agent_connected_at,
        first_connections.connected_until as ended_at,
        cast(null as decimal(18, 3)) as dial_seconds
    from first_connections
    left join connected_calls on first_connections.contact_key = connected_calls.contact_key
    where
        first_connections.direction = 'outbound'
        and first_connections.channel_code in ('phone', 'app_voice')
        and connected_calls.contact_key is null

),

calls as (

    select * from dialed_calls

    union all

    select * from undialed_calls

),

judged_calls as (

    select
        calls.*,
        -- Of several calls that connected an agent the first is the contact.
        row_number() over (
            partition by calls.contact_key, calls.agent_connected_at is null
            order by calls.agent_connected_at, calls.source_attempt_id
        ) as connection_number,
        contact_outlines.source_system,
        contact_outlines.source_instance,
        contact_outlines.channel_code,
        contact_outlines.customer_key,
        contact_outlines.customer_hash,
        contact_outlines.campaign_id,
        contact_outlines.campaign_record_id,
        contact_outlines.callback_requested_at is not null
        and contact_outlines.callback_requested_at <= calls.dialed_at as is_call_back,
        {{ last_part('contact_outlines.dialer_disposition', '.') }} as analysis,
        contact_outlines.source_file,
        contact_outlines.source_row,
        contact_outlines.loaded_at
    from calls
    inner join contact_outlines on calls.contact_key = contact_outlines.contact_key

),

outbound_attempts as (

    select
        {{ source_key(
            'outbound_attempt', "concat_ws('.', conversation_id, source_attempt_id)"
        ) }} as attempt_key,
        case
            when agent_connected_at is not null and (connection_number = 1 or is_call_back)
                then contact_key
        end as contact_key,
        case when is_call_back then contact_key end as callback_contact_key,
        source_system,
        source_instance,
        source_attempt_id,
        campaign_record_id as source_record_id,
        campaign_id as campaign_code,
        user_id as agent_code,
        channel_code,
        customer_key,
        customer_hash,
        case
            when agent_connected_at is not null then 'connected'
            when analysis in ('machine', 'fax') then 'machine'
            when analysis = 'busy' then 'busy'
            when analysis = 'noanswer' then 'no_answer'
            when analysis in ('sit', 'notfound', 'invalid') then 'invalid'
            when answered_at is not null then 'abandoned_by_dialer'
            when user_id is not null then 'no_answer'
            when ended_at is not null then 'no_answer'
            else 'unknown'
        end as result,

        case when is_call_back then cast(attempt_number as int) end as attempt_number,
        {{ usable_seconds('dial_seconds') }} as dial_seconds,

        cast(null as boolean) as is_right_party,
        cast(null as boolean) as is_converted,
        {{ duration_flag('dial_seconds', 'dial') }} as dq_flag,

        dialed_at,
        answered_at,
        agent_connected_at,
        ended_at,

        source_file,
        source_row,
        loaded_at
    from judged_calls

)

select * from outbound_attempts
