-- One row per phone call that another source delivers, for the tickets that are about one.
{%- set relations = [] %}
{%- for source in enabled_sources() if source != 'zendesk' and 'contacts' in var('source_entities')[source] %}
    {%- do relations.append(ref('int_' ~ source ~ '__contacts')) %}
{%- endfor %}
with

telephony_contacts as (
    {% for relation in relations %}
        select
            contact_key,
            source_instance,
            source_contact_id,
            customer_hash,
            ended_at
        from {{ relation }}
        where channel_code = 'phone'
        {% if not loop.last %}union all{% endif %}
    {% else %}
        select
            cast(null as bigint) as contact_key,
            cast(null as varchar) as source_instance,
            cast(null as varchar) as source_contact_id,
            cast(null as varchar) as customer_hash,
            cast(null as timestamp) as ended_at
        where false
    {% endfor %}
)

select * from telephony_contacts
