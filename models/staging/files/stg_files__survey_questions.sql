-- One row per landed row of survey questions, used or not.
{{ judged_files(
    'survey_questions',
    codes={'measure': ref('survey_scales')}
) }}
