-- One row per landed row of campaigns, used or not.
{{ judged_files('campaigns') }}
