-- As many Erlangs as agents, or more: everybody waits, none in time, and there is no average wait.
with

examples as (

    select
        cast(load as double) as load,
        agents
    from (
        values (10.0, 10), (10.0, 9), (0.5, 0), (0.0, 0), (0.0, 3)
    ) as rows_of_examples (load, agents)

),

waiting_shares as (

    select
        *,
        -- The linter does not know the lambdas of DuckDB.
        {{ erlang_c('load', 'agents') }} as waiting_share  -- noqa: PRS, LT02
    from examples

),

computed as (

    select
        *,
        {{ erlang_c_service_level('waiting_share', 'load', 'agents', '180.0', '20.0') }}
            as service_level,
        {{ erlang_c_speed_of_answer('waiting_share', 'load', 'agents', '180.0') }}
            as speed_of_answer
    from waiting_shares

)

select * from computed
where
    speed_of_answer is not null
    or (load > 0 and (waiting_share is distinct from 1.0 or service_level is distinct from 0.0))
    or (load = 0 and service_level is not null)
