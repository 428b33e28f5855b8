-- Erlang C gives the published shares and seconds to the last digit, also beyond factorials.
{#
    Load in Erlangs = contacts x handle time / interval. The first two: 100 contacts of 180 s in half
    an hour need 14 agents for 80 % within 20 s, for 13 just miss it.
#}
with

examples as (

    select
        example,
        cast(load as double) as load,
        agents,
        cast(handle_seconds as double) as handle_seconds,
        cast(threshold_seconds as double) as threshold_seconds,
        cast(waiting_share as double) as expected_waiting_share,
        cast(service_level as double) as expected_service_level,
        cast(speed_of_answer as double) as expected_speed_of_answer
    from (
        values
        ('EC-1', 10.0, 14, 180, 20, 0.174132, 0.888350, 7.8359),
        ('EC-2', 10.0, 13, 180, 20, 0.285270, 0.795595, 17.1162),
        ('EC-3', 10.0, 11, 180, 20, 0.682118, 0.389614, 122.7813),
        ('EC-4', 10.0, 15, 180, 20, 0.102042, 0.941453, 3.6735),
        ('EC-5', 48.0, 55, 240, 15, 0.238701, 0.845883, 8.1840),
        ('EC-6', 17.575, 21, 1110, 180, 0.337104, 0.806556, 109.2513),
        ('EC-7', 17.575, 23, 1110, 20, 0.157385, 0.857271, 32.2023),
        ('EC-7b', 17.575, 22, 1110, 20, 0.233238, 0.784636, 58.5071),
        ('EC-8', 5.0, 10, 300, 20, 0.036105, 0.974129, 2.1663),
        ('EC-9', 25.0, 30, 180, 20, 0.249893, 0.856623, 8.9962),
        ('EC-10', 18.0, 22, 270, 30, 0.278078, 0.821702, 18.7703),
        ('EC-11', 100.0, 111, 300, 20, 0.199787, 0.904041, 5.4487),
        ('EC-12', 200.0, 218, 360, 10, 0.143229, 0.913127, 2.8646),
        ('EC-13', 0.0333333333333, 1, 60, 20, 0.033333, 0.975849, 2.0690)
    ) as rows_of_examples (
        example,
        load,
        agents,
        handle_seconds,
        threshold_seconds,
        waiting_share,
        service_level,
        speed_of_answer
    )

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
        {{ erlang_c_service_level(
            'waiting_share', 'load', 'agents', 'handle_seconds', 'threshold_seconds'
        ) }} as service_level,
        {{ erlang_c_speed_of_answer('waiting_share', 'load', 'agents', 'handle_seconds') }}
            as speed_of_answer
    from waiting_shares

)

select * from computed
where
    coalesce(abs(waiting_share - expected_waiting_share) > 0.00000051, true)
    or coalesce(abs(service_level - expected_service_level) > 0.00000051, true)
    or coalesce(abs(speed_of_answer - expected_speed_of_answer) > 0.000051, true)
