-- One row per contact and wrap-up code, and one per contact that an agent left uncoded.
with

contacts as (

    select * from {{ ref('int_contacts') }}

),

contact_dispositions as (

    select * from {{ ref('int_contact_dispositions') }}

),

agent_legs as (

    select * from {{ ref('fact_agent_legs') }}

),

dim_disposition as (

    select * from {{ ref('dim_disposition') }}

),

dim_agent as (

    select * from {{ ref('dim_agent') }}

),

dim_channel as (

    select * from {{ ref('dim_channel') }}

),

-- Who sets no codes at all has not left them out.
contacts_with_agent as (

    select distinct contact_key from agent_legs
    where
        leg_type in ('customer', 'conference')
        and source_system in ({{ sources_that_deliver('contact_dispositions') }})

),

coded_contacts as (

    select distinct contact_key from contact_dispositions

),

uncoded_contacts as (

    select contacts_with_agent.contact_key
    from contacts_with_agent
    left join coded_contacts on contacts_with_agent.contact_key = coded_contacts.contact_key
    where coded_contacts.contact_key is null

),

-- The category is the one that the code had when it was set.
codes_in_order as (

    select
        contact_dispositions.contact_key,
        contact_dispositions.disposition_code,
        coalesce(dim_disposition.disposition_key, -2) as disposition_key,
        coalesce(dim_disposition.disposition_name, 'Unknown') as disposition_name,
        coalesce(dim_disposition.category, 'Unknown') as category,
        contact_dispositions.source_system,
        contact_dispositions.source_instance,
        contact_dispositions.agent_code,
        cast(
            row_number() over (
                partition by contact_dispositions.contact_key
                order by contact_dispositions.disposition_position
            ) as int
        ) as disposition_order,
        cast(count(*) over (partition by contact_dispositions.contact_key) as int) as code_count,
        contact_dispositions.set_at,
        case
            when dim_disposition.disposition_key is null
                then concat_ws(', ', contact_dispositions.dq_flag, 'undocumented_disposition')
            else contact_dispositions.dq_flag
        end as dq_flag
    from contact_dispositions
    left join dim_disposition
        on
            contact_dispositions.source_system = dim_disposition.source_system
            and contact_dispositions.source_instance = dim_disposition.source_instance
            and contact_dispositions.disposition_code = dim_disposition.disposition_code
            and contact_dispositions.set_at >= dim_disposition.valid_from
            and contact_dispositions.set_at < dim_disposition.valid_to

),

coded_and_uncoded as (

    select
        codes_in_order.contact_key,
        codes_in_order.disposition_code,
        codes_in_order.disposition_key,
        codes_in_order.disposition_name,
        codes_in_order.category,
        coalesce(dim_agent.agent_key, -2) as agent_key,
        coalesce(dim_agent.agent_name, 'Unknown agent') as agent_name,
        codes_in_order.disposition_order,
        codes_in_order.code_count,
        codes_in_order.set_at,
        codes_in_order.dq_flag
    from codes_in_order
    left join dim_agent
        on
            codes_in_order.source_system = dim_agent.source_system
            and codes_in_order.source_instance = dim_agent.source_instance
            and codes_in_order.agent_code = dim_agent.agent_code
            and codes_in_order.set_at >= dim_agent.valid_from
            and codes_in_order.set_at < dim_agent.valid_to

    union all

    select
        uncoded_contacts.contact_key,
        dim_disposition.disposition_code,
        dim_disposition.disposition_key,
        dim_disposition.disposition_name,
        dim_disposition.category,
        -1 as agent_key,
        'No agent' as agent_name,
        1 as disposition_order,
        0 as code_count,
        null as set_at,
        null as dq_flag
    from uncoded_contacts
    cross join dim_disposition
    where dim_disposition.disposition_code = 'uncoded' and dim_disposition.source_system = 'none'

),

fact_contact_dispositions as (

    select
        {{ surrogate_key(["'contact_disposition'",
                          'cast(coded_and_uncoded.contact_key as string)',
                          'cast(coded_and_uncoded.disposition_order as string)']) }}
            as contact_disposition_key,
        coded_and_uncoded.contact_key,
        coded_and_uncoded.disposition_key,
        coded_and_uncoded.agent_key,
        coalesce(dim_channel.channel_key, -2) as channel_key,
        contacts.source_system,
        contacts.source_instance,

        coded_and_uncoded.disposition_code,
        coded_and_uncoded.disposition_name,
        coded_and_uncoded.category,
        coded_and_uncoded.agent_name,
        coalesce(dim_channel.channel_name, 'Unknown') as channel_name,
        contacts.direction,

        coded_and_uncoded.disposition_order,
        coded_and_uncoded.code_count,
        case when contacts.is_excluded then 0 else 1 end as disposition_count,
        case
            when coded_and_uncoded.disposition_order = 1 and not contacts.is_excluded then 1
            else 0
        end as primary_count,

        coded_and_uncoded.disposition_order = 1 as is_primary,
        contacts.is_excluded,

        coded_and_uncoded.set_at,
        {{ reporting_date('contacts.started_at') }} as contact_date,

        coded_and_uncoded.dq_flag,
        contacts.loaded_at
    from coded_and_uncoded
    inner join contacts on coded_and_uncoded.contact_key = contacts.contact_key
    left join dim_channel on contacts.channel_code = dim_channel.channel_code

)

select * from fact_contact_dispositions
