-- Every landed row was used, quarantined, dropped by rule or an exact duplicate.
select *
from {{ ref('row_accounting') }}
where rows_in <> rows_used + rows_quarantined + rows_dropped + rows_duplicate
