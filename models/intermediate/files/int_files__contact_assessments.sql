-- One row per contact of the files that an agent or a speech analysis judged.
with

contact_assessments as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__contact_assessments') }}
    where row_status = 'used'

),

keyed_assessments as (

    select
        *,
        {{ source_key('contact', 'contact_id') }} as contact_key
    from contact_assessments

)

select * from keyed_assessments
