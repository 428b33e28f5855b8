{#
    The whole body of a model stg_files__<table>: the landed rows of a table of plain files, typed
    and judged by the columns that the model's own yml publishes. Ids without a row in a table that
    they must belong to, codes that no seed lists and text that is no value of its type are found
    here; of the rows of one id the newest is used.
#}
{% macro judged_files(table, belongs_to={}, codes={}) -%}
    {%- set contract = published_contract() -%}
    {%- set key = contract.key %}
with

landed_rows as (

    select * from {{ landed_rows('files', table) }}

),

{% for column, parent in belongs_to.items() -%}
{{ column }}_parents as (

    select
        source_instance,
        {{ column }} as parent_id
    from {{ parent }}
    where row_status = 'used'

),

{% endfor -%}

read_rows as (

    select
        source_instance,
        source_file,
        source_row,
        line,
        {% for column in contract.columns -%}
        {{ adapter.quote(column.hash_of or column.name) }} as {{ column.name }}_text,
        {{ published_value(column, codes.get(column.name)) }} as {{ column.name }},
        {% endfor -%}
        is_malformed
    from landed_rows

),

mended_rows as (

    select
        source_instance,
        source_file,
        source_row,
        line,
        is_malformed,
        {% for column in contract.columns -%}
        {{ column.name }}_text,
        {{ mended_value(table, column) }} as {{ column.name }},
        {% endfor -%}
        {%- set flags = [] -%}
        {%- for column in contract.columns if column.name not in key and not column.hash_of -%}
            {%- if column.data_type != 'varchar' or column.pattern or column.is_time_zone
                or column.codes or column.get('values') -%}
                {%- do flags.append(mended_flag(column)) -%}
            {%- endif -%}
        {%- endfor %}
        nullif(concat_ws(', ', {{ flags | join(', ') }}), '') as dq_flags,
        case
            when is_malformed then 'wrong_number_of_fields'
            {% for column in contract.columns if column.required and not column.otherwise -%}
            when {{ column.name }}_text is null then 'missing_{{ column.hash_of or column.name }}'
            {% endfor -%}
            {% for column in contract.columns
                if (column.required and not column.otherwise) or column.name in key -%}
            when {{ column.name }}_text is not null and {{ column.name }} is null
                then 'unusable_{{ column.hash_of or column.name }}'
            {% endfor -%}
        end as reading_finding
    from read_rows

),

judged_rows as (

    select
        mended_rows.*,
        case
            when reading_finding is not null then reading_finding
            {% if contract.needs_one_of -%}
            when coalesce({{ contract.needs_one_of | join(', ') }}) is null
                then 'missing_{{ contract.needs_one_of | join("_or_") }}'
            {% endif -%}
            {% for reason, condition in contract.quarantine.items() -%}
            when {{ condition | trim }} then '{{ reason }}'
            {% endfor -%}
            {% for column in belongs_to -%}
            when
                mended_rows.{{ column }} is not null
                and {{ column }}_parents.parent_id is null
                then 'unknown_{{ column }}'
            {% endfor -%}
        end as quarantine_reason,
        -- What has no id is known by its text.
        {% if key | length == 1 -%}
        coalesce(mended_rows.{{ key[0] }}, line) as row_id,
        {%- else -%}
        case
            when reading_finding is null
                then concat_ws(
                    chr(31)
                    {%- for column in key -%}
                    , cast(mended_rows.{{ column }} as string)
                    {%- endfor -%}
                )
            else line
        end as row_id,
        {%- endif %}
        case
            when is_malformed then line
            else concat_ws(
                chr(31)
                {%- for column in contract.columns -%}
                , coalesce({{ column.name }}_text, '')
                {%- endfor -%}
            )
        end as content
    from mended_rows
    {% for column in belongs_to -%}
    left join {{ column }}_parents
        on
            mended_rows.source_instance = {{ column }}_parents.source_instance
            and mended_rows.{{ column }} = {{ column }}_parents.parent_id
    {% endfor %}
),

repeated_ids as (

    select
        source_instance,
        row_id
    from judged_rows
    group by source_instance, row_id
    having count(*) > 1

),

numbered_copies as (

    select
        judged_rows.source_instance,
        judged_rows.source_file,
        judged_rows.source_row,
        judged_rows.row_id,
        judged_rows.content,
        judged_rows.updated_at,
        judged_rows.quarantine_reason,
        row_number() over (
            partition by
                judged_rows.source_instance, judged_rows.row_id, judged_rows.content
            order by judged_rows.source_file, judged_rows.source_row
        ) as copy_number
    from judged_rows
    inner join repeated_ids
        on
            judged_rows.source_instance = repeated_ids.source_instance
            and judged_rows.row_id = repeated_ids.row_id

),

-- Only usable rows compete. Of two from one time the greater text is taken, so that it does not
-- matter which one landed first.
ranked_versions as (

    select
        source_file,
        source_row,
        copy_number,
        row_number() over (
            partition by
                source_instance, row_id, quarantine_reason is null and copy_number = 1
            order by updated_at desc nulls last, content desc
        ) as version_rank
    from numbered_copies

),

told_apart_rows as (

    select
        judged_rows.*,
        judged_rows.line as row_text,
        coalesce(ranked_versions.copy_number, 1) as copy_number,
        coalesce(ranked_versions.version_rank, 1) as version_rank
    from judged_rows
    left join ranked_versions
        on
            judged_rows.source_file = ranked_versions.source_file
            and judged_rows.source_row = ranked_versions.source_row

),

{{ table }} as (

    select
        {% for column in contract.columns -%}
        {{ column.name }},
        {% endfor -%}
        {{ fate_of_versions() }},
        case when quarantine_reason is null then dq_flags end as dq_flag,
        source_instance,
        source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from told_apart_rows

)

select * from {{ table }}
{%- endmacro %}

{#
    What the yml of the model that is built publishes: `columns`, a list of dicts (name, data_type
    and the meta of the column), and the meta of the model. While dbt parses it knows no columns.
#}
{% macro published_contract() -%}
    {%- set meta = model.config.meta -%}
    {%- set columns = [] -%}
    {%- for column in model.columns.values() if column.data_type -%}
        {%- set published = dict(column.config.meta) -%}
        {%- do published.update({'name': column.name, 'data_type': column.data_type}) -%}
        {%- do columns.append(published) -%}
    {%- endfor -%}
    {{ return({
        'key': meta.get('key', []),
        'needs_one_of': meta.get('needs_one_of', []),
        'quarantine': meta.get('quarantine', {}),
        'columns': columns,
    }) }}
{%- endmacro %}

{# The value that the text of a published column holds; NULL where it holds none. #}
{% macro published_value(column, codes) -%}
    {%- set text = adapter.quote(column.hash_of or column.name) -%}
    {%- if column.codes and not codes -%}
        {{ exceptions.raise_compiler_error(
            column.name ~ ' has the codes of ' ~ column.codes ~ ': hand them to judged_files.'
        ) }}
    {%- endif -%}
    {%- if column.is_address -%}
        {{ address_hash(text) }}
    {%- elif column.hash_of -%}
        {{ salted_hash(text) }}
    {%- elif column.codes -%}
        case
            when lower({{ text }}) in (select {{ column.name }} from {{ codes }})
                then lower({{ text }})
        end
    {%- elif column.get('values') -%}
        case
            when lower({{ text }}) in ('{{ column['values'] | join("', '") }}')
                then lower({{ text }})
        end
    {%- elif column.pattern -%}
        case when {{ matches_whole(text, column.pattern) }} then {{ text }} end
    {%- elif column.is_time_zone -%}
        case when {{ is_time_zone(text) }} then {{ text }} end
    {%- elif column.data_type == 'varchar' -%}
        {{ text }}
    {%- elif column.data_type == 'timestamp' -%}
        {{ value_of_known_years('(' ~ utc_from_offset_text(text) ~ ')') }}
    {%- elif column.data_type == 'date' -%}
        {{ value_of_known_years('try_cast(' ~ text ~ ' as date)') }}
    {%- elif column.data_type in ('integer', 'bigint') -%}
        {%- set value -%}
            case
                when try_cast({{ text }} as decimal(18, 3)) = try_cast({{ text }} as bigint)
                    then try_cast({{ text }} as {{ column.data_type }})
            end
        {%- endset -%}
        {{ value_in_range(value, column) }}
    {%- else -%}
        {{ value_in_range('try_cast(' ~ text ~ ' as ' ~ column.data_type ~ ')', column) }}
    {%- endif -%}
{%- endmacro %}

{# Other years stand for an end that never comes, or are slips: a calendar of them all is no use. #}
{% macro value_of_known_years(value) -%}
    case when {{ value }} >= '1900-01-01' and {{ value }} < '2100-01-01' then {{ value }} end
{%- endmacro %}

{% macro value_in_range(value, column) -%}
    {%- set bounds = [] -%}
    {%- if column.minimum is defined -%}
        {%- do bounds.append(value ~ ' >= ' ~ column.minimum) -%}
    {%- endif -%}
    {%- if column.maximum is defined -%}
        {%- do bounds.append(value ~ ' <= ' ~ column.maximum) -%}
    {%- endif -%}
    {%- if bounds -%}
        case when {{ bounds | join(' and ') }} then {{ value }} end
    {%- else -%}
        {{ value }}
    {%- endif -%}
{%- endmacro %}

{# The value that holds: a default where nothing was written, a duration's limits looked at. #}
{% macro mended_value(table, column) -%}
    {%- set name = column.name -%}
    {%- set longest = column.longest_seconds -%}
    {%- set values = [usable_seconds(name, longest) if longest else name] -%}
    {%- if column.otherwise -%}
        {%- do values.append(
            "'" ~ column.otherwise ~ "'" if column.required
            else "case when " ~ name ~ "_text is not null then '" ~ column.otherwise ~ "' end"
        ) -%}
    {%- endif -%}
    {%- if column.without_column -%}
        {%- set files = files_without_column('files', table, name) -%}
        {%- if files -%}
            {%- do values.append(
                "case when source_file in ('" ~ files | join("', '") ~ "') then '"
                ~ column.without_column ~ "' end"
            ) -%}
        {%- endif -%}
    {%- endif -%}
    {%- if column.default is defined -%}
        {%- do values.append(
            utc_from_offset_text("'" ~ column.default ~ "'") if column.data_type == 'timestamp'
            else "cast('" ~ column.default ~ "' as " ~ column.data_type ~ ")"
        ) -%}
    {%- endif -%}
    {%- if values | length > 1 -%}
        coalesce({{ values | join(', ') }})
    {%- else -%}
        {{ values[0] }}
    {%- endif -%}
{%- endmacro %}

{# What the row says of a column whose text was no value; of one that must be there it is no use. #}
{% macro mended_flag(column) -%}
    {%- set name = column.name -%}
    {%- set is_listed = column.codes or column.get('values') -%}
    case
        when {{ name }}_text is not null and {{ name }} is null
            then '{{ 'undocumented_' if is_listed else 'unreadable_' }}{{ column.hash_of or name }}'
        {%- if column.otherwise and column.required %}
        when {{ name }}_text is null then 'missing_{{ name }}'
        {%- endif %}
        {%- if column.longest_seconds %}
        else {{ duration_flag(name, name | replace('_seconds', ''), column.longest_seconds) }}
        {%- endif %}
    end
{%- endmacro %}
