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
        {{ surrogate_key(["'a'", "'bc'"]) }} as computed_key,
        cast(2303937083879486882 as bigint) as expected_key

    union all

    -- md5('2:ab:1:c') = c5e4afb2eb8e5105...
    select
        'the same letters, parted elsewhere' as example,
        {{ surrogate_key(["'ab'", "'c'"]) }} as computed_key,
        7129857751576422530 as expected_key

    union all

    -- md5('1:a:0:') = f3bbde4cd7e688bf...
    select
        'an empty part' as example,
        {{ surrogate_key(["'a'", "''"]) }} as computed_key,
        8781437796741235807 as expected_key

    union all

    -- md5('1:a:') = 84ac9afa92e37b47...
    select
        'a missing part' as example,
        {{ surrogate_key(["'a'", "cast(null as string)"]) }} as computed_key,
        4780093254998801827 as expected_key

    union all

    -- md5(':1:a') = 7712dfc0a6af5059...
    select
        'a missing part before' as example,
        {{ surrogate_key(["cast(null as string)", "'a'"]) }} as computed_key,
        4290083129308719148 as expected_key

    union all

    -- md5('3:a:1:1:b') = fa2aa02c9d4c6ed9...
    select
        'a part that looks like two' as example,
        {{ surrogate_key(["'a:1'", "'b'"]) }} as computed_key,
        9013198285990934380 as expected_key

    union all

    -- md5('7:contact:4:acme:6:branch:2:42') = 5219f2e381a6dce7...
    select
        'a contact of one system' as example,
        {{ source_key('contact', "'42'", "'acme'", "'branch'") }} as computed_key,
        2958013322237275763 as expected_key

    union all

    -- md5('7:contact:4:acme:7:default:2:42') = 0cdd37e7b6115731...
    select
        'the same id in another system' as example,
        {{ source_key('contact', "'42'", "'acme'", "'default'") }} as computed_key,
        463479283319876504 as expected_key

)

select examples.*
from examples
where
    examples.computed_key <> examples.expected_key
    or examples.computed_key < 0
    or (
        select count(*) - count(distinct all_examples.computed_key) from examples as all_examples
    ) > 0
