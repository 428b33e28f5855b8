-- The versions of a wrap-up code follow each other without gap and overlap.
with

versions as (

    select
        disposition_key,
        valid_to,
        lead(valid_from) over (
            partition by source_system, source_instance, disposition_code
            order by valid_from
        ) as next_valid_from
    from {{ ref('dim_disposition') }}

)

select *
from versions
where valid_to <> next_valid_from
