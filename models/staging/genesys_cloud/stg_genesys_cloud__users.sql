-- One row per landed user detail document, or line that is none, used or not.
{%- set presence = {'startTime': none, 'endTime': none, 'systemPresence': none} %}
{%- set routing = {'startTime': none, 'endTime': none, 'routingStatus': none} %}
{%- set user = {
    'userId': none, 'primaryPresence': [presence], 'routingStatus': [routing],
} %}
{%- set columns = {
    'user_id': 'userId', 'presences': 'primaryPresence', 'routing_statuses': 'routingStatus',
} %}

with

documents as (

    select
        source_instance,
        source_file,
        source_row,
        coalesce(document, line) as row_text,
        {{ parse_json('document', user) }} as record,
        document is null as is_malformed
    from {{ landed_documents('genesys_cloud', 'users') }}

),

flat_documents as (

    select
        documents.source_instance,
        {%- for name, key in columns.items() %}
            {{ value_at('documents.record', key) }} as {{ name }},
        {%- endfor %}
        documents.row_text,
        md5(coalesce({{ row_as_text('documents.record') }}, documents.row_text)) as content_hash,
        documents.is_malformed,
        documents.source_file,
        documents.source_row
    from documents

),

-- Pages overlap, and each of them tells something: only copies are passed over.
numbered_documents as (

    select
        *,
        case
            when is_malformed then 'malformed_document'
            when user_id is null then 'missing_user_id'
        end as quarantine_reason,
        row_number() over (
            partition by source_instance, content_hash
            order by source_file, source_row
        ) as copy_number,
        1 as version_rank
    from flat_documents

),

users as (

    select
        source_instance,
        user_id,
        presences,
        routing_statuses,
        {{ fate_of_versions() }},
        source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from numbered_documents

)

select * from users
