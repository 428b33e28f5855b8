{#
    Rows as Fivetran lands them: a row may be sent again, marked as deleted, or, in history
    mode, with one version of many active. Of the versions of one key the one synced last holds.
#}

{#
    Columns of a row of landed_rows: quarantine_reason by `reasons`, from reason to condition,
    row_text of rows with such a reason only, content_hash, is_deleted and synced_at.
#}
{% macro fivetran_columns(reasons) -%}
    case
        when is_malformed then 'wrong_number_of_fields'
        {%- for reason, condition in reasons.items() %}
        when {{ condition }} then '{{ reason }}'
        {%- endfor %}
    end as quarantine_reason,
    case
        when is_malformed or {{ reasons.values() | join(' or ') }} then line
    end as row_text,
    md5(line) as content_hash,
    coalesce(try_cast(_fivetran_deleted as boolean), false)
    or not coalesce(try_cast(_fivetran_active as boolean), true) as is_deleted,
    {{ utc_from_offset_text('_fivetran_synced') }} as synced_at,
    {{ utc_from_offset_text('_fivetran_start') }} as active_from
{%- endmacro %}

{# Rank of a row among the versions of its key, and whether it is a copy of another. #}
{% macro fivetran_versions(key, updated_at=none) -%}
    {%- set versions -%}
        (
            partition by
                source_instance,
                {{ key | join(', ') }},
                -- Only usable rows compete to be the version that holds.
                quarantine_reason is null
            order by
                synced_at desc nulls last,
                {%- if updated_at %}
                {{ updated_at }} desc nulls last,
                {%- endif %}
                active_from desc nulls last,
                content_hash,
                source_file,
                source_row
        )
    {%- endset -%}
    row_number() over {{ versions }} as version_rank,
    coalesce(content_hash = lag(content_hash) over {{ versions }}, false) as is_copy
{%- endmacro %}

{#
    What becomes of a row, in three columns. A row that is deleted where it came from is dropped,
    unless it is of a directory, which names the past too; `drops` are further reasons.
#}
{% macro fivetran_fate(drops={}, is_directory=false) -%}
    {%- set dropped = {} -%}
    {%- if not is_directory -%}
        {%- do dropped.update({'deleted': 'is_deleted'}) -%}
    {%- endif -%}
    {%- do dropped.update(drops) -%}
    {{ fate_of_versions(dropped, 'is_copy') }}
{%- endmacro %}
