-- One row per landed row of agent legs, used or not.
{{ judged_files(
    'agent_legs',
    belongs_to={'contact_id': ref('stg_files__contacts')},
    codes={'transfer_type': ref('transfer_types')}
) }}
