-- One row per site of the sample.
with

raw_sites as (

    select * from {{ ref('raw_sites') }}

),

sites as (

    select
        site_id as site_code,
        site_name,
        time_zone
    from raw_sites

)

select * from sites
