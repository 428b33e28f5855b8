-- Every row of a source's entity is in the conformed entity, or too old by the rule of retention.
select *
from {{ ref('expired_rows') }}
where row_count <> kept_row_count + expired_row_count
