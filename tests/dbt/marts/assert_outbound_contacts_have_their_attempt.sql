-- Every outbound call of a source with attempts is one connected attempt that is no callback, and
-- was on no visit. Whoever is transferred has further legs.
with

attempts as (

    select
        contact_key,
        count(*) as attempts
    from {{ ref('fact_outbound_attempts') }}
    where contact_key >= 0 and callback_contact_key = -1
    group by contact_key

)

select
    contacts.contact_key,
    attempts.attempts
from {{ ref('fact_contacts') }} as contacts
full outer join attempts on contacts.contact_key = attempts.contact_key
left join {{ ref('dim_channel') }} as channels on contacts.channel_key = channels.channel_key
where
    (
        (contacts.direction = 'outbound' and channels.channel_family = 'voice')
        or attempts.contact_key is not null
    )
    and contacts.source_system in ({{ sources_that_deliver('outbound_attempts') }})
    and (
        coalesce(attempts.attempts, 0) <> 1
        or contacts.direction <> 'outbound'
        or contacts.queue_visit_count <> 0
        or contacts.agent_leg_count < 1
        or contacts.contact_count <> 0
    )
