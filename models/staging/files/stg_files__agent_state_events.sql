-- One row per landed row of agent state events, used or not.
{{ judged_files(
    'agent_state_events',
    codes={'state': ref('agent_states')}
) }}
