-- One row per TODO.
-- TODO: give each column its value; what the source does not know stays NULL, never 0.
select
$columns
from {{ ref('stg_${source}__$table') }}
where row_status = 'used'
