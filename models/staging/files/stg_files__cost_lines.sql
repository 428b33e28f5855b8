-- One row per landed row of cost lines, used or not.
{{ judged_files(
    'cost_lines',
    codes={'account_code': ref('cost_accounts')}
) }}
