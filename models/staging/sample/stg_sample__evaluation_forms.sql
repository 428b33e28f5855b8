-- One row per evaluation form of the sample.
with

raw_evaluation_forms as (

    select * from {{ ref('raw_evaluation_forms') }}

),

evaluation_forms as (

    select
        form_id as form_code,
        form_name
    from raw_evaluation_forms

)

select * from evaluation_forms
