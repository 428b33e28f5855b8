-- One row per session of a participant in a used conversation, cut where an agent parked it.
{{ config(materialized='table') }}

with

conversations as (

    select * from {{ ref('stg_genesys_cloud__conversations') }}
    where row_status = 'used'

),

sessions as (

    select * from {{ ref('stg_genesys_cloud__sessions') }}

),

segments as (

    select * from {{ ref('stg_genesys_cloud__segments') }}
    where started_at is not null

),

parked_sessions as (

    select distinct
        document_id,
        participant_number,
        session_number
    from segments
    where segment_type = 'parked'

),

-- Nobody works on what is parked: a new stretch begins behind it.
numbered_segments as (

    select
        segments.*,
        sum(case when segments.segment_type = 'parked' then 1 else 0 end) over (
            partition by
                segments.document_id, segments.participant_number, segments.session_number
            order by segments.started_at, segments.segment_number
            rows between unbounded preceding and current row
        ) as stretch_number
    from segments
    inner join parked_sessions
        on
            segments.document_id = parked_sessions.document_id
            and segments.participant_number = parked_sessions.participant_number
            and segments.session_number = parked_sessions.session_number

    union all

    select
        segments.*,
        0 as stretch_number
    from segments
    left join parked_sessions
        on
            segments.document_id = parked_sessions.document_id
            and segments.participant_number = parked_sessions.participant_number
            and segments.session_number = parked_sessions.session_number
    where parked_sessions.document_id is null

),

timed_segments as (

    select
        *,
        {{ seconds_between('started_at', 'ended_at') }} as segment_seconds,
        segment_type in ('interact', 'hold', 'monitoring', 'coaching', 'barging') as is_connected,
        segment_type in ('contacting', 'dialing') as is_dialing
    from numbered_segments
    where segment_type <> 'parked'

),

stretches as (

    select
        document_id,
        participant_number,
        session_number,
        stretch_number,
        min(started_at) as started_at,
        max(coalesce(ended_at, started_at)) as last_moment_at,
        bool_or(ended_at is null) as is_open,
        min_by(queue_id, case when queue_id is not null then started_at end) as queue_id,
        max_by(
            disconnect_type,
            case when segment_type <> 'wrapup' and disconnect_type is not null then started_at end
        ) as disconnect_type,
        bool_or(coalesce(disconnect_type = 'spam', false)) as is_spam,
        bool_or(is_conference) as is_conference,
        max(
            case
                when segment_type in ('monitoring', 'coaching', 'barging') then segment_type
            end
        ) as watch_type,
        cast(sum(case when segment_type = 'alert' then segment_seconds end) as decimal(18, 3))
            as ring_seconds,
        min(case when is_dialing then started_at end) as dial_started_at,
        max(case when is_dialing then coalesce(ended_at, started_at) end) as dial_ended_at,
        min(case when is_connected then started_at end) as connected_at,
        case
            when not bool_or(is_connected and ended_at is null)
                then max(case when is_connected then ended_at end)
        end as connected_until,
        cast(
            sum(case when segment_type = 'hold' then coalesce(segment_seconds, 0) else 0 end)
            as decimal(18, 3)
        ) as hold_seconds,
        cast(
            sum(case when segment_type = 'wrapup' then coalesce(segment_seconds, 0) else 0 end)
            as decimal(18, 3)
        ) as wrap_up_seconds,
        max_by(wrap_up_code, case when wrap_up_code is not null then started_at end)
            as wrap_up_code,
        max(case when wrap_up_code is not null then coalesce(ended_at, started_at) end)
            as coded_at
    from timed_segments
    group by document_id, participant_number, session_number, stretch_number

),

described_sessions as (

    select
        sessions.*,
        conversations.originating_direction,
        conversations.ended_at as conversation_ended_at,
        conversations.source_file,
        conversations.source_row,
        conversations.loaded_at,
        case sessions.media_type
            when 'voice' then 'phone'
            when 'callback' then 'phone'
            when 'video' then 'app_voice'
            when 'chat' then 'chat'
            when 'email' then 'email'
            when 'message'
                then
                    case sessions.message_type
                        {%- for type, channel in
                            var('genesys_cloud_message_channels').items() %}
                            when {{ exact_text_literal(type) }}
                                then {{ exact_text_literal(channel) }}
                        {%- endfor %}
                        else 'social'
                    end
        end as channel_code,
        case
            when sessions.purpose = 'customer' then 'customer'
            -- Beside a customer an outside party is somebody who was asked or got the contact.
            when sessions.purpose = 'external'
                then
                    case
                        when
                            bool_or(sessions.purpose = 'customer') over (
                                partition by sessions.document_id
                            )
                            then 'outside'
                        else 'customer'
                    end
            when sessions.purpose in ('agent', 'user') then 'agent'
            when sessions.purpose = 'acd' then 'queue'
            when sessions.purpose in ('ivr', 'botflow') then 'self_service'
            when sessions.purpose = 'group' then 'group'
            else 'other'
        end as role,
        row_number() over (
            partition by sessions.document_id, sessions.session_id
            order by sessions.participant_number, sessions.session_number
        ) as repeat_number
    from sessions
    inner join conversations on sessions.document_id = conversations.document_id

),

session_stretches as (

    select
        'genesys_cloud' as source_system,
        described_sessions.document_id,
        described_sessions.source_instance,
        described_sessions.conversation_id,
        described_sessions.participant_number,
        described_sessions.session_number,
        described_sessions.session_id,
        described_sessions.peer_id,
        described_sessions.user_id,
        described_sessions.team_id,
        described_sessions.media_type,
        described_sessions.direction,
        described_sessions.flow_out_type,
        described_sessions.campaign_id,
        described_sessions.campaign_record_id,
        described_sessions.dialer_disposition,
        described_sessions.dialed_number,
        described_sessions.customer_hash,
        described_sessions.external_contact_hash,
        described_sessions.answered_seconds,
        described_sessions.abandon_seconds,
        described_sessions.short_abandon_seconds,
        described_sessions.flow_out_seconds,
        described_sessions.has_consult,
        described_sessions.has_consult_transfer,
        described_sessions.has_transfer,
        described_sessions.is_monitoring,
        described_sessions.is_coaching,
        described_sessions.is_barging,
        described_sessions.channel_code,
        described_sessions.role,
        described_sessions.repeat_number,
        described_sessions.originating_direction,
        described_sessions.conversation_ended_at,
        described_sessions.source_file,
        described_sessions.source_row,
        described_sessions.loaded_at,
        -- An id that a conversation has twice, or not at all, is told apart by its place.
        case
            when
                described_sessions.session_id is null
                or described_sessions.repeat_number > 1
                or stretches.stretch_number > 0
                then concat_ws(
                    '.',
                    coalesce(described_sessions.session_id, described_sessions.conversation_id),
                    described_sessions.participant_number,
                    described_sessions.session_number,
                    stretches.stretch_number
                )
            else described_sessions.session_id
        end as source_session_id,
        stretches.stretch_number,
        stretches.queue_id,
        stretches.disconnect_type,
        stretches.watch_type,
        stretches.wrap_up_code,
        stretches.ring_seconds,
        stretches.hold_seconds,
        stretches.wrap_up_seconds,
        stretches.is_open,
        stretches.is_spam,
        stretches.is_conference,
        stretches.started_at,
        stretches.dial_started_at,
        stretches.dial_ended_at,
        stretches.connected_at,
        stretches.connected_until,
        stretches.coded_at,
        stretches.last_moment_at
    from described_sessions
    inner join stretches
        on
            described_sessions.document_id = stretches.document_id
            and described_sessions.participant_number = stretches.participant_number
            and described_sessions.session_number = stretches.session_number
    where described_sessions.channel_code is not null

)

select * from session_stretches
