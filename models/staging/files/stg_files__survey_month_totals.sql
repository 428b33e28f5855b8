-- One row per landed row of survey month totals, used or not.
{{ judged_files(
    'survey_month_totals',
    codes={'channel_code': ref('channels'), 'measure': ref('survey_scales')}
) }}
