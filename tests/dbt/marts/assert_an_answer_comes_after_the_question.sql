-- An answer never comes before the question, and its business time is a part of its time.
select message_key
from {{ ref('fact_responses') }}
where
    responded_at < asked_at
    or response_seconds < 0
    or response_business_seconds not between 0 and response_seconds
    or first_response_count > response_count
