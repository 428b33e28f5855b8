-- Every outbound call of a source with attempts is one connected attempt and no callback, with an
-- agent's leg and on no visit.
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
    coalesce(contacts.contact_key, attempts.contact_key) as contact_key,
    attempts.attempts
from {{ ref('fact_contacts') }} as contacts
full outer join attempts on contacts.contact_key = attempts.contact_key
left join {{ ref('dim_channel') }} as dim_channel
    on contacts.channel_key = dim_channel.channel_key
where
    (
        (contacts.direction = 'outbound' and dim_channel.channel_family = 'voice')
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
