-- Every coded or uncoded contact has exactly one primary row and as many codes as its rows say.
select contact_key
from {{ ref('fact_contact_dispositions') }}
group by contact_key
having
    count(*) filter (where is_primary) <> 1
    or count(*) filter (where disposition_code <> 'uncoded') <> max(code_count)
    or sum(primary_count) > 1
