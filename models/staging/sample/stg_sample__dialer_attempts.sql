-- One row per landed row of the sample's dialer attempts, used or not.
with

raw_dialer_attempts as (

    select * from {{ ref('raw_dialer_attempts') }}

),

numbered_rows as (

    select
        *,
        {{ row_as_text('raw_dialer_attempts') }} as row_text,
        {{ row_in_seed() }} as source_row
    from raw_dialer_attempts

),

typed_rows as (

    select
        attempt_id as source_attempt_id,
        campaign_id as campaign_code,
        callback_contact_id as source_callback_contact_id,
        record_id as source_record_id,
        contact_id as source_contact_id,
        agent_id as agent_code,
        {{ salted_hash('customer_number') }} as customer_hash,
        upper(result) as result,
        upper(disposition) as disposition,

        try_cast(attempt_number as int) as attempt_number,
        try_cast(dial_seconds as decimal(18, 3)) as dial_seconds,
        try_cast(hold_seconds as decimal(18, 3)) as hold_seconds,
        try_cast(after_contact_work_seconds as decimal(18, 3)) as after_contact_work_seconds,

        case lower(right_party) when 'yes' then true when 'no' then false end as is_right_party,
        case lower(converted) when 'yes' then true when 'no' then false end as is_converted,

        {{ utc_from_offset_text('dialed_at') }} as dialed_at,
        {{ utc_from_offset_text('answered_at') }} as answered_at,
        {{ utc_from_offset_text('agent_connected_at') }} as agent_connected_at,
        {{ utc_from_offset_text('agent_ended_at') }} as agent_ended_at,
        {{ utc_from_offset_text('ended_at') }} as ended_at,
        {{ utc_from_offset_text('updated_at') }} as updated_at,

        nullif(
            concat_ws(
                ', ',
                {{ unreadable_flag('dial_seconds', 'dial') }},
                {{ unreadable_flag('hold_seconds', 'hold') }},
                {{ unreadable_flag('after_contact_work_seconds', 'after_contact_work') }}
            ),
            ''
        ) as unreadable_flag,
        row_text,
        source_row
    from numbered_rows

),

judged_rows as (

    select
        *,
        case
            when source_attempt_id is null then 'missing_attempt_id'
            when dialed_at is null then 'unusable_dialed_at'
            -- Nothing is written down before it happens; a day allows for clocks in other zones.
            when dialed_at > updated_at + interval '1' day then 'dialed_after_written'
            when result = 'CONNECTED' and agent_connected_at is null
                then 'unusable_agent_connected_at'
        end as quarantine_reason,
        row_number() over (partition by row_text order by source_row) as copy_number
    from typed_rows

),

ranked_versions as (

    select
        *,
        row_number() over (
            -- Only usable rows compete to be the newest version of their attempt.
            partition by source_attempt_id, quarantine_reason is null and copy_number = 1
            order by updated_at desc nulls last, source_row desc
        ) as version_rank
    from judged_rows

),

dialer_attempts as (

    select
        source_attempt_id,
        campaign_code,
        source_callback_contact_id,
        source_record_id,
        source_contact_id,
        agent_code,
        customer_hash,
        result,
        disposition,

        attempt_number,
        dial_seconds,
        hold_seconds,
        after_contact_work_seconds,

        is_right_party,
        is_converted,

        dialed_at,
        answered_at,
        agent_connected_at,
        agent_ended_at,
        ended_at,
        updated_at,

        unreadable_flag,
        {{ fate_of_versions() }},
        'seeds/sample/raw_dialer_attempts.csv' as source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_versions

)

select * from dialer_attempts
