-- The members of a mix add up to its total on every date, and the totals to the contacts.
with

mix_days as (

    select
        mix,
        started_date,
        sum(contact_count) as contact_count,
        min(total_count) as least_total_count,
        max(total_count) as most_total_count
    from {{ ref('fact_contact_mix_days') }}
    group by mix, started_date

),

contact_days as (

    select
        started_date,
        sum(contact_count) as contact_count,
        sum(reason_known_count) as reason_known_count,
        sum(inbound_or_outbound_count) as inbound_or_outbound_count
    from {{ ref('fact_contacts') }}
    group by started_date

)

select
    mix_days.mix,
    contact_days.started_date
from contact_days
left join mix_days on contact_days.started_date = mix_days.started_date
where
    mix_days.mix is null
    or mix_days.contact_count <> mix_days.least_total_count
    or mix_days.contact_count <> mix_days.most_total_count
    or mix_days.contact_count <> case mix_days.mix
        when 'channel' then contact_days.contact_count
        when 'reason' then contact_days.reason_known_count
        else contact_days.inbound_or_outbound_count
    end
