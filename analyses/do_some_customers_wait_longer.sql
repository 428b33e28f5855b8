-- Do some segments of customers wait longer on the phone than others?
--
-- No. Service level lies between 75 and 77 % in every segment, and none has a queue of its own.
-- Enterprise customers called 204 times: by chance alone their service level moves by three
-- points either way, so what is promised to them in contracts is not kept apart here. What
-- differs is what they say: private customers are satisfied in 73 of 100 answers, small
-- businesses in 82, with 79 answers hardly more than chance. 14 answers of enterprises say
-- nothing.
--
-- The table has visits by phone and app, service level, the average wait and abandonment, and
-- answers about satisfaction.
--
-- segment         visits  service_level  wait_seconds  abandonment  answers  satisfaction
-- private         6468    0.766          20.4          0.047        411      0.73
-- small_business  1177    0.774          20.9          0.044        79       0.82
-- unknown         838     0.761          24.9          0.043        55       0.76
-- enterprise      204     0.754          21.1          0.034        14       0.64
--
-- One row per segment of the customers who called.
with

segment_service as (

    select * from {{ ref('report_segment_service') }}
    where channel_name in ('Phone', 'Mobile app voice')

),

satisfaction as (

    select * from {{ ref('report_customer_satisfaction') }}
    where channel_name in ('Phone', 'Mobile app voice')

),

waits as (

    select
        segment,
        {{ contacts_offered('v') }} as visits,
        {{ service_level('v') }} as service_level,
        {{ average_speed_of_answer('v') }} as wait_seconds,
        {{ abandonment_rate('v') }} as abandonment
    from segment_service as v
    group by segment

),

answers as (

    select
        segment,
        sum(csat_answered_count) as answers,
        {{ customer_satisfaction('v') }} as satisfaction
    from satisfaction as v
    group by segment

),

segments as (

    select
        waits.segment,
        waits.visits,
        cast(waits.service_level as decimal(9, 3)) as service_level,
        cast(waits.wait_seconds as decimal(9, 1)) as wait_seconds,
        cast(waits.abandonment as decimal(9, 3)) as abandonment,
        answers.answers,
        cast(answers.satisfaction as decimal(9, 2)) as satisfaction
    from waits
    inner join answers on waits.segment = answers.segment

)

select * from segments
order by visits desc
