-- One row per connection of one agent with a contact.
with

placed_connections as (

    select * from {{ ref('int_genesys_cloud__placed_connections') }}

),

contacts as (

    select * from {{ ref('int_genesys_cloud__contacts') }}

),

agent_legs as (

    select
        {{ source_key(
            'agent_leg',
            "concat_ws('.', placed_connections.conversation_id, placed_connections.source_leg_id)",
            'placed_connections.source_system',
            'placed_connections.source_instance'
        ) }} as leg_key,
        placed_connections.contact_key,
        placed_connections.visit_key,
        placed_connections.source_system,
        placed_connections.source_instance,
        placed_connections.source_leg_id,

        placed_connections.user_id as agent_code,
        placed_connections.queue_id as queue_code,
        placed_connections.channel_code,
        placed_connections.direction,
        placed_connections.leg_type,
        placed_connections.transfer_type,
        cast(null as string) as transfer_reason,

        {{ usable_seconds('placed_connections.dial_seconds') }} as dial_seconds,
        {{ usable_seconds('placed_connections.ring_seconds') }} as ring_seconds,
        case
            when
                placed_connections.elapsed_seconds between -2
                and placed_connections.longest_seconds
                then greatest(placed_connections.elapsed_seconds, 0)
        end as connected_seconds,
        {{ usable_seconds('placed_connections.hold_seconds') }} as hold_seconds,
        {{ usable_seconds('placed_connections.after_contact_work_seconds') }}
            as after_contact_work_seconds,

        contacts.is_excluded,
        nullif(
            concat_ws(
                ', ',
                case
                    when placed_connections.elapsed_seconds > placed_connections.longest_seconds
                        then 'absurd_connected'
                    when placed_connections.elapsed_seconds < -2 then 'negative_connected'
                    when placed_connections.elapsed_seconds < 0 then 'rounded_connected'
                end,
                {{ duration_flag('placed_connections.hold_seconds', 'hold') }},
                {{ duration_flag(
                    'placed_connections.after_contact_work_seconds', 'after_contact_work'
                ) }}
            ),
            ''
        ) as dq_flag,

        placed_connections.offered_at,
        placed_connections.connected_at,
        case
            when
                placed_connections.elapsed_seconds between -2
                and placed_connections.longest_seconds
                then greatest(placed_connections.connected_until, placed_connections.connected_at)
        end as ended_at,

        placed_connections.source_file,
        placed_connections.source_row,
        placed_connections.loaded_at
    from placed_connections
    inner join contacts on placed_connections.contact_key = contacts.contact_key

)

select * from agent_legs
