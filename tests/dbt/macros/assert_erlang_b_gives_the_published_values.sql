-- Erlang B gives the published shares, and one at 600 Erlangs, where factorials overflow.
with

examples as (

    select
        cast(load as double) as load,
        servers,
        cast(blocked_share as double) as expected_blocked_share
    from (
        values
        (1.0, 1, 0.5),
        (1.0, 2, 0.2),
        (10.0, 16, 0.022302),
        (10.0, 17, 0.012949),
        (20.0, 30, 0.008457),
        (20.0, 0, 1.0),
        (0.0, 3, 0.0)
    ) as rows_of_examples (load, servers, blocked_share)

),

computed as (

    select
        *,
        -- The linter does not know the lambdas of DuckDB.
        {{ erlang_b('load', 'servers') }} as blocked_share  -- noqa: PRS, LT02
    from examples

),

large_loads as (

    select
        cast(600 as double) as load,
        640 as servers

),

computed_large_loads as (

    select
        load,
        servers,
        0.0 as expected_blocked_share,
        -- The linter does not know the lambdas of DuckDB.
        {{ erlang_b('load', 'servers') }} as blocked_share  -- noqa: PRS, LT02
    from large_loads

)

select * from computed
where coalesce(abs(blocked_share - expected_blocked_share) > 0.00000051, true)

union all

select
    load,
    servers,
    expected_blocked_share,
    blocked_share
from computed_large_loads
where coalesce(blocked_share <= 0 or blocked_share >= 0.01, true)
