-- One row per date, mix (channel, reason, direction) and member, without contacts on it too.
with

contacts_per_day as (

    select * from {{ ref('contact_days') }}

),

counted_members as (

    select
        'channel' as mix,
        channel_name as member,
        started_date,
        sum(contact_count) as contact_count
    from contacts_per_day
    group by channel_name, started_date

    union all

    select
        'reason' as mix,
        contact_reason_name as member,
        started_date,
        sum(reason_known_count) as contact_count
    from contacts_per_day
    group by contact_reason_name, started_date

    union all

    select
        'direction' as mix,
        direction as member,
        started_date,
        sum(inbound_or_outbound_count) as contact_count
    from contacts_per_day
    group by direction, started_date

),

members as (

    select distinct
        mix,
        member
    from counted_members

),

dates as (

    select distinct started_date from contacts_per_day

),

-- A member that is missing on a date has a share of that date's contacts all the same: none.
members_per_day as (

    select
        members.mix,
        members.member,
        dates.started_date,
        coalesce(counted_members.contact_count, 0) as contact_count
    from members
    cross join dates
    left join counted_members
        on
            members.mix = counted_members.mix
            and members.member = counted_members.member
            and dates.started_date = counted_members.started_date

),

fact_contact_mix_days as (

    select
        mix,
        member,
        cast(contact_count as int) as contact_count,
        cast(sum(contact_count) over (partition by mix, started_date) as int) as total_count,
        started_date
    from members_per_day

)

select * from fact_contact_mix_days
