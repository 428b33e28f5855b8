-- One row per KPI, scope and span of time with one target, and one per published benchmark.
with

dim_kpi as (

    select * from {{ ref('dim_kpi') }}

),

dim_queue as (

    select * from {{ ref('dim_queue') }}

),

dim_channel as (

    select * from {{ ref('dim_channel') }}

),

dim_contact_reason as (

    select * from {{ ref('dim_contact_reason') }}

),

queue_channel_policy as (

    select * from {{ ref('queue_channel_policy') }}
    where queue_key >= 0

),

channels as (

    select * from {{ ref('channels') }}

),

kpi_targets as (

    select * from {{ ref('kpi_targets') }}

),

kpi_benchmarks as (

    select * from {{ ref('kpi_benchmarks') }}

),

-- A target of a queue or reason that this warehouse does not have is nobody's target here.
own_targets as (

    select
        kpi_targets.kpi_name,
        dim_queue.queue_key,
        dim_channel.channel_key,
        dim_contact_reason.contact_reason_key,
        kpi_targets.target_low,
        kpi_targets.target_high,
        kpi_targets.reason,
        kpi_targets.valid_from
    from kpi_targets
    left join dim_queue
        on
            kpi_targets.source_system = dim_queue.source_system
            and kpi_targets.source_instance = dim_queue.source_instance
            and kpi_targets.queue_code = dim_queue.queue_code
    left join dim_channel on kpi_targets.channel_code = dim_channel.channel_code
    left join dim_contact_reason
        on
            coalesce(kpi_targets.source_system, dim_contact_reason.source_system)
            = dim_contact_reason.source_system
            and coalesce(kpi_targets.source_instance, dim_contact_reason.source_instance)
            = dim_contact_reason.source_instance
            and kpi_targets.contact_reason_code = dim_contact_reason.contact_reason_code
    where
        (kpi_targets.queue_code is null or dim_queue.queue_key is not null)
        and (
            kpi_targets.contact_reason_code is null
            or dim_contact_reason.contact_reason_key is not null
        )

    union all

    select
        'service_level' as kpi_name,
        null as queue_key,
        dim_channel.channel_key,
        null as contact_reason_key,
        channels.service_level_target as target_low,
        null as target_high,
        'Default of the channel in the seed channels.' as reason,
        date '1900-01-01' as valid_from
    from channels
    inner join dim_channel on channels.channel_code = dim_channel.channel_code

    union all

    select
        'service_level' as kpi_name,
        queue_key,
        channel_key,
        null as contact_reason_key,
        service_level_target as target_low,
        null as target_high,
        reason,
        cast(valid_from as date) as valid_from
    from queue_channel_policy
    where reason <> 'channel default'

),

own_targets_in_time as (

    select
        *,
        {{ valid_to(['kpi_name', 'queue_key', 'channel_key', 'contact_reason_key'], type='date') }}
            as valid_to
    from own_targets

),

targets_and_benchmarks as (

    select
        kpi_name,
        'own' as target_kind,
        queue_key,
        channel_key,
        contact_reason_key,
        target_low,
        target_high,
        cast(null as string) as evidence_grade,
        'The center itself' as source_name,
        reason,
        valid_from,
        valid_to
    from own_targets_in_time

    union all

    select
        kpi_benchmarks.kpi_name,
        'benchmark' as target_kind,
        null as queue_key,
        dim_channel.channel_key,
        null as contact_reason_key,
        kpi_benchmarks.benchmark_low as target_low,
        kpi_benchmarks.benchmark_high as target_high,
        kpi_benchmarks.evidence_grade,
        kpi_benchmarks.source_name,
        kpi_benchmarks.note as reason,
        date '1900-01-01' as valid_from,
        date '9999-12-31' as valid_to
    from kpi_benchmarks
    left join dim_channel on kpi_benchmarks.channel_code = dim_channel.channel_code

),

dim_kpi_target as (

    select
        {{ surrogate_key([
            "'kpi_target'",
            'targets.kpi_name',
            'targets.target_kind',
            'cast(targets.queue_key as string)',
            'cast(targets.channel_key as string)',
            'cast(targets.contact_reason_key as string)',
            'targets.source_name',
            'cast(targets.valid_from as string)',
        ]) }} as kpi_target_key,
        targets.kpi_name,
        targets.target_kind,
        cast(targets.queue_key as bigint) as queue_key,
        cast(targets.channel_key as bigint) as channel_key,
        cast(targets.contact_reason_key as bigint) as contact_reason_key,
        coalesce(dim_queue.queue_name, 'All queues') as queue_name,
        coalesce(dim_channel.channel_name, 'All channels') as channel_name,
        coalesce(dim_contact_reason.contact_reason_name, 'All reasons') as contact_reason_name,
        dim_kpi.unit,
        cast(targets.target_low as double) as target_low,
        cast(targets.target_high as double) as target_high,
        targets.evidence_grade,
        targets.source_name,
        targets.reason,
        targets.valid_from,
        targets.valid_to
    from targets_and_benchmarks as targets
    inner join dim_kpi on targets.kpi_name = dim_kpi.kpi_name
    left join dim_queue on targets.queue_key = dim_queue.queue_key
    left join dim_channel on targets.channel_key = dim_channel.channel_key
    left join dim_contact_reason
        on targets.contact_reason_key = dim_contact_reason.contact_reason_key

)

select * from dim_kpi_target
