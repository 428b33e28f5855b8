{#
    Customers whose journeys change: those of touched contacts, of contacts that crossed, since the
    last green build, one of the ages at which a journey is closed, is on the list no more, or is
    not looked at any more, and of all that go on with such contacts or that these go on with.
#}

{# A hook on each side of the slice of contact_paths: who is in a chain with touched contacts. #}
{% macro note_touched_journeys() -%}
    insert into {{ book('touched_journeys') }}
    select distinct customer_key
    from {{ this }}
    where
        customer_key >= 0
        and contact_key in (
            {{ chained_contacts(
                this, 'select contact_key from ' ~ this ~ ' where ' ~ is_touched_path()
            ) }}
        );
{%- endmacro %}

{# Contacts that are in a chain with given ones, however many steps away, as SQL; and these. #}
{% macro chained_contacts(contacts, given) -%}
    with recursive

    steps as (

        select
            contact_key as from_key,
            previous_contact_key as to_key
        from {{ contacts }}
        where previous_contact_key is not null
        union all
        select
            previous_contact_key as from_key,
            contact_key as to_key
        from {{ contacts }}
        where previous_contact_key is not null

    ),

    chained as (

        {{ given }}
        union
        select steps.to_key
        from chained
        inner join steps on chained.contact_key = steps.from_key

    )

    select contact_key from chained
{%- endmacro %}

{# The pre-hook of report_customer_journey. #}
{% macro forget_touched_journeys() -%}
    {%- set contacts = ref('fact_contacts') -%}
    {%- set customers = ref('dim_customer') -%}
    {%- if is_slice() -%}
        {%- set days = "interval '" ~ number_of('journey_days') ~ "' day" -%}
        {%- set window = "interval '1' second * cast(contacts.repeat_window_seconds as int)" -%}
        create or replace table {{ book('journey_customers') }} as
        with

        -- Between these times the data, and its contacts, ended then and end now.
        ends as (

            select
                least(horizons.last_event_at, green.last_event_at) - interval '1' second as from_at,
                greatest(horizons.last_event_at, green.last_event_at)
                + interval '1' second as to_at,
                least(horizons.last_contact_at, green.last_contact_at)
                - interval '1' second as contacts_from_at,
                greatest(horizons.last_contact_at, green.last_contact_at)
                + interval '1' second as contacts_to_at
            from {{ relation_of_model('int_source_horizons') }} as horizons
            inner join {{ book('green_horizons') }} as green
                on
                    horizons.source_system = green.source_system
                    and horizons.source_instance = green.source_instance

        ),

        crossing_contacts as (

            select contacts.contact_key
            from {{ contacts }} as contacts
            inner join ends
                on
                    contacts.started_at + {{ window }}
                    between ends.contacts_from_at and ends.contacts_to_at
                    or contacts.started_at + {{ days }} between ends.from_at and ends.to_at
                    or contacts.started_at + {{ days }} + {{ window }}
                    between ends.from_at and ends.to_at
            where
                contacts.started_at >= (
                    select
                        min(ends.from_at) - {{ days }}
                        - interval '1' second * cast(max(limits.limit_seconds) as int)
                    from ends
                    cross join {{ relation_of_model('int_kpi_limits') }} as limits
                )

        )

        select customer_key from {{ book('touched_customers') }}
        union
        select customer_key from {{ book('touched_journeys') }}
        union
        select customer_key from {{ contacts }}
        where contact_key in (
            {{ chained_contacts(contacts, 'select contact_key from crossing_contacts') }}
        )
        {%- if not is_left_by_this_build('int_customers') %}
        union
        select known.customer_key
        from {{ this }} as known
        inner join {{ customers }} as customers on known.customer_key = customers.customer_key
        where
            known.segment is distinct from customers.segment
            or known.market is distinct from customers.market
        {%- endif %};
        delete from {{ this }} where {{ is_of_touched_journey('customer_key') }};
    {%- endif -%}
{%- endmacro %}

{# A condition on the customer of a journey. #}
{% macro is_of_touched_journey(column) -%}
    {%- if is_slice() -%}
        {{ column }} in (select customer_key from {{ book('journey_customers') }})
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}
