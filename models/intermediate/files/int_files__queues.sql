-- One row per queue that the files describe or only name.
with

queues as (

    select * from {{ ref('stg_files__queues') }}
    where row_status = 'used'

),

named_codes as (
    {% for table in ['queue_visits', 'agent_legs', 'tickets', 'ticket_status_changes',
                     'queue_day_totals'] %}
        select
            source_instance,
            queue_code
        from {{ ref('stg_files__' ~ table) }}
        where row_status = 'used' and queue_code is not null
        {% if not loop.last %}union{% endif %}
    {% endfor %}
),

-- A queue that no row describes is called by its code.
described_and_named_queues as (

    select
        'files' as source_system,
        coalesce(queues.source_instance, named_codes.source_instance) as source_instance,
        coalesce(queues.queue_code, named_codes.queue_code) as queue_code,
        coalesce(queues.queue_name, queues.queue_code, named_codes.queue_code) as queue_name,
        queues.time_zone,
        queues.calendar_code
    from queues
    full outer join named_codes
        on
            queues.source_instance = named_codes.source_instance
            and queues.queue_code = named_codes.queue_code

)

select * from described_and_named_queues
