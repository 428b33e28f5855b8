{#
    A landed directory, documents with an id and a name: one row each with its fate, of which the
    latest version by the key `version_key` (a number or a time of fixed length) is used.
#}
{% macro directory_documents(source, table, version_key) -%}
    with

    documents as (

        select
            source_instance,
            source_file,
            source_row,
            coalesce(document, line) as row_text,
            document is null as is_malformed,
            {{ parse_json('document', {'id': none, 'name': none, version_key: none}) }} as record
        from {{ landed_documents(source, table) }}

    ),

    numbered_documents as (

        select
            *,
            row_number() over (
                partition by
                    source_instance,
                    coalesce(record.id, row_text),
                    record.name,
                    record.{{ version_key }}
                order by source_file, source_row
            ) as copy_number,
            case
                when is_malformed then 'malformed_document'
                when record.id is null then 'missing_id'
            end as quarantine_reason
        from documents

    ),

    ranked_documents as (

        select
            *,
            case
                when copy_number = 1 and quarantine_reason is null
                    then row_number() over (
                        partition by source_instance, record.id, copy_number, quarantine_reason
                        order by
                            length(record.{{ version_key }}) desc nulls last,
                            record.{{ version_key }} desc nulls last,
                            record.name desc nulls last
                    )
            end as version_rank
        from numbered_documents

    )

    select
        source_instance,
        record.id as id,
        coalesce(nullif(trim(record.name), ''), record.id) as name,
        {{ fate_of_versions() }},
        source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_documents
{%- endmacro %}
