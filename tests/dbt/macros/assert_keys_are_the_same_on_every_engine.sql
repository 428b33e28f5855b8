-- The key of known parts is a known number, and parts that differ in any way have different keys.
{#
    The numbers are the first 63 bits of the md5 of the text beside them, in which each part stands
    behind its length; a missing part has no length.
#}
with

examples as (

    -- md5('1:a:2:bc') = 3ff275245af8eb45...
    select
        'two parts' as example,
        {{ surrogate_key(["'a'", "'bc'"]) }} as key,
        cast(2303937083879486882 as bigint) as expected_key

    union all

    -- md5('2:ab:1:c') = c5e4afb2eb8e5105...
    select 'the same letters, parted elsewhere', {{ surrogate_key(["'ab'", "'c'"]) }}, 7129857751576422530

    union all

    -- md5('1:a:0:') = f3bbde4cd7e688bf...
    select 'an empty part', {{ surrogate_key(["'a'", "''"]) }}, 8781437796741235807

    union all

    -- md5('1:a:') = 84ac9afa92e37b47...
    select 'a missing part', {{ surrogate_key(["'a'", "cast(null as varchar)"]) }}, 4780093254998801827

    union all

    -- md5(':1:a') = 7712dfc0a6af5059...
    select 'a missing part before', {{ surrogate_key(["cast(null as varchar)", "'a'"]) }}, 4290083129308719148

    union all

    -- md5('3:a:1:1:b') = fa2aa02c9d4c6ed9...
    select 'a part that looks like two', {{ surrogate_key(["'a:1'", "'b'"]) }}, 9013198285990934380

    union all

    -- md5('7:contact:4:acme:6:branch:2:42') = 5219f2e381a6dce7...
    select
        'a contact of one system', {{ source_key('contact', "'42'", "'acme'", "'branch'") }}, 2958013322237275763

    union all

    -- md5('7:contact:4:acme:7:default:2:42') = 0cdd37e7b6115731...
    select
        'the same id in another system', {{ source_key('contact', "'42'", "'acme'", "'default'") }},
        463479283319876504

)

select * from examples
where
    key <> expected_key
    or key < 0
    or (select count(distinct key) from examples) <> (select count(*) from examples)
