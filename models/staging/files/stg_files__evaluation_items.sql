-- One row per landed row of evaluation items, used or not.
{{ judged_files(
    'evaluation_items',
    belongs_to={'evaluation_id': ref('stg_files__evaluations')}
) }}
