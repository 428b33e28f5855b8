-- One row per evaluation of an agent on one contact.
{{ config(meta={'rows_of': 'int_evaluations'}) }}
with

evaluations as (

    select * from {{ ref('int_evaluations') }}

),

evaluation_items as (

    select * from {{ ref('int_evaluation_items') }}

),

contacts as (

    select * from {{ ref('fact_contacts') }}

),

dim_agent as (

    select * from {{ ref('dim_agent') }}

),

-- What is not applicable, or has no readable points, is neither gained nor missed.
judged_items as (

    select
        *,
        case
            when coalesce(result <> 'not_applicable', true) and points + possible_points is not null
                then weight
        end as usable_weight
    from evaluation_items

),

items_per_evaluation as (

    select
        evaluation_key,
        cast(count(*) as int) as item_count,
        cast(sum(points * usable_weight) as decimal(18, 3)) as weighted_points,
        cast(sum(possible_points * usable_weight) as decimal(18, 3)) as weighted_possible_points,
        cast(count(*) filter (where item_kind = 'auto_fail' and result = 'failed') as int)
            as failed_item_count,
        cast(
            count(*) filter (where item_kind = 'script' and result in ('passed', 'failed')) as int
        ) as script_item_count,
        cast(count(*) filter (where item_kind = 'script' and result = 'passed') as int)
            as script_passed_count,
        cast(
            count(*) filter (where item_kind = 'resource' and result in ('passed', 'failed')) as int
        ) as resource_item_count,
        cast(count(*) filter (where item_kind = 'resource' and result = 'passed') as int)
            as resource_passed_count
    from judged_items
    group by evaluation_key

),

-- The agent and team are those of the time of the contact, not of the evaluation.
counted_evaluations as (

    select
        evaluations.*,
        coalesce(contacts.contact_key, -2) as known_contact_key,
        coalesce(contacts.channel_key, -2) as channel_key,
        coalesce(contacts.channel_name, 'Unknown') as channel_name,
        coalesce(contacts.started_date, {{ reporting_date('evaluations.evaluated_at') }})
            as contact_date,
        coalesce(dim_agent.agent_key, -2) as agent_key,
        coalesce(dim_agent.agent_id, 'unknown') as agent_id,
        coalesce(dim_agent.agent_name, 'Unknown agent') as agent_name,
        coalesce(dim_agent.team_key, -2) as team_key,
        coalesce(dim_agent.team_name, 'Unknown team') as team_name,
        case when evaluations.is_completed then 1 else 0 end as evaluation_count
    from evaluations
    left join contacts on evaluations.contact_key = contacts.contact_key
    left join dim_agent
        on
            evaluations.source_system = dim_agent.source_system
            and evaluations.source_instance = dim_agent.source_instance
            and evaluations.agent_code = dim_agent.agent_code
            and coalesce(contacts.started_at, evaluations.evaluated_at) >= dim_agent.valid_from
            and coalesce(contacts.started_at, evaluations.evaluated_at) < dim_agent.valid_to

),

fact_evaluations as (

    select
        counted_evaluations.evaluation_key,
        counted_evaluations.known_contact_key as contact_key,
        counted_evaluations.agent_key,
        counted_evaluations.team_key,
        counted_evaluations.channel_key,
        counted_evaluations.source_system,
        counted_evaluations.source_instance,
        counted_evaluations.source_evaluation_id,

        counted_evaluations.agent_id,
        counted_evaluations.agent_name,
        counted_evaluations.team_name,
        counted_evaluations.channel_name,
        counted_evaluations.evaluator_code,
        counted_evaluations.form_code,
        counted_evaluations.form_name,

        coalesce(items_per_evaluation.item_count, 0) as item_count,
        cast(
            case
                when items_per_evaluation.failed_item_count > 0 then 0
                else counted_evaluations.evaluation_count * items_per_evaluation.weighted_points
            end as decimal(18, 3)
        ) as weighted_points,
        cast(
            counted_evaluations.evaluation_count * items_per_evaluation.weighted_possible_points
            as decimal(18, 3)
        ) as weighted_possible_points,
        counted_evaluations.evaluation_count,
        case
            when items_per_evaluation.failed_item_count > 0
                then counted_evaluations.evaluation_count
            else 0
        end as auto_fail_count,
        counted_evaluations.evaluation_count * coalesce(items_per_evaluation.script_item_count, 0)
            as script_item_count,
        counted_evaluations.evaluation_count * coalesce(items_per_evaluation.script_passed_count, 0)
            as script_passed_count,
        counted_evaluations.evaluation_count * coalesce(items_per_evaluation.resource_item_count, 0)
            as resource_item_count,
        counted_evaluations.evaluation_count
        * coalesce(items_per_evaluation.resource_passed_count, 0)
            as resource_passed_count,

        counted_evaluations.is_completed,
        coalesce(items_per_evaluation.failed_item_count > 0, false) as is_auto_failed,

        counted_evaluations.evaluated_at,
        counted_evaluations.contact_date,
        {{ reporting_date('counted_evaluations.evaluated_at') }} as evaluated_date,

        counted_evaluations.dq_flag,
        counted_evaluations.source_file,
        counted_evaluations.source_row,
        counted_evaluations.loaded_at
    from counted_evaluations
    left join items_per_evaluation
        on counted_evaluations.evaluation_key = items_per_evaluation.evaluation_key

)

select * from fact_evaluations
