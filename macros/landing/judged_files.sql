{#
    The whole body of a model stg_files__<table>: the landed rows of a table of plain files, typed
    and judged by the columns that the model's own yml publishes. Ids without a row in a table that
    they must belong to, codes that no seed lists and text that is no value of its type are found
    here; of the rows of one id the newest is used.

    Hardly any id is on two rows, so these are found first, from the columns of the key alone: all
    other rows pass in one stream, and none of them is kept in memory.

    Once there is a green build, only files that it has not seen are read. Rows of it are judged
    again where another one of their id, or the row they belong to, came or went since.
#}
{% macro judged_files(table, belongs_to={}, codes={}) -%}
    {%- set contract = published_contract() -%}
    {%- set key = contract.key -%}
    {%- set timestamps = contract.get('timestamps', []) %}
with

landed_rows as {{ inlined() }} (

    select
        *,
        {{ text_hash(['source_instance'] + values_of_key(contract, codes)) }} as id_hash
    from {{ landed_rows('files', table, timestamps=timestamps, unread_only=true) }}

),

repeated_ids as (

    select id_hash from landed_rows
    group by id_hash
    having count(*) > 1

),

read_rows as {{ inlined() }} (

    select
        -- In a slice the other row of an id may be a known one.
        {{ 'true' if is_slice() else 'id_hash in (select repeated_ids.id_hash from repeated_ids)' }}
            as may_be_repeated,
        id_hash,
        source_instance,
        source_file,
        source_row,
        line,
        {% for column in contract.columns -%}
        {{ adapter.quote(column.hash_of or column.name) }} as {{ column.name }}_text,
        {% if column.name in timestamps -%}
        {{ adapter.quote(column.name ~ '_value') }} as {{ column.name }}_value,
        {% endif -%}
        {{ published_value(column, codes.get(column.name), timestamps) }} as {{ column.name }},
        {% endfor -%}
        is_malformed
    from landed_rows

),

mended_rows as {{ inlined() }} (

    select
        may_be_repeated,
        id_hash,
        source_instance,
        source_file,
        source_row,
        line,
        is_malformed,
        {% for column in contract.columns -%}
        {{ column.name }}_text,
        {% if column.name in timestamps -%}
        {{ column.name }}_value,
        {% endif -%}
        {{ mended_value(table, column) }} as {{ column.name }},
        {% endfor -%}
        {%- set flags = [] -%}
        {%- for column in contract.columns if column.name not in key and not column.hash_of -%}
            {%- if column.data_type != 'varchar' or column.pattern or column.is_time_zone
                or column.codes or column.get('values') -%}
                {%- do flags.append(mended_flag(column, timestamps)) -%}
            {%- endif -%}
        {%- endfor %}
        nullif(concat_ws(', ', {{ flags | join(', ') }}), '') as found_flags,
        case
            when is_malformed then 'wrong_number_of_fields'
            {% for column in contract.columns if column.required and not column.otherwise -%}
            when {{ is_empty(column, timestamps) }}
                then 'missing_{{ column.hash_of or column.name }}'
            {% endfor -%}
            {% for column in contract.columns
                if (column.required and not column.otherwise) or column.name in key -%}
            when not {{ is_empty(column, timestamps) }} and {{ column.name }} is null
                then 'unusable_{{ column.hash_of or column.name }}'
            {% endfor -%}
        end as reading_finding,
        {{ text_hash(
            ['case when is_malformed then line end']
            + contents_of_row(contract.columns, timestamps)
        ) }} as content_hash
    from read_rows

),

identified_rows as {{ inlined() }} (

    select
        *,
        -- What has no id is known by its text. Texts are made of such rows only: of all they would
        -- cost more than the rest.
        case
            {% for column in key -%}
            {{ 'when' if loop.first else 'and' }} {{ column }} is not null
            {% endfor -%}
            then {{ id_of_keys(key) }}
            else {{ text_of_row(contract.columns, timestamps) }}
        end as row_id,
        case
            when reading_finding is not null then reading_finding
            {% if contract.needs_one_of -%}
            when coalesce({{ contract.needs_one_of | join(', ') }}) is null
                then 'missing_{{ contract.needs_one_of | join("_or_") }}'
            {% endif -%}
            {% for reason, condition in contract.quarantine.items() -%}
            when {{ condition | trim }} then '{{ reason }}'
            {% endfor -%}
        end as own_finding
    from mended_rows

),

fresh_rows as {{ inlined() if not is_slice() }} (

    select
        may_be_repeated,
        id_hash,
        {{ source_key(contract.get('entity', table), 'row_id', "'files'") }} as row_key,
        {% for column in belongs_to -%}
        case
            when {{ column }} is not null
                then {{ source_key(entity_of(column), column, "'files'") }}
        end as {{ entity_of(column) }}_key,
        {% endfor -%}
        {% for column in contract.columns -%}
        {{ column.name }},
        {% endfor -%}
        found_flags,
        own_finding,
        content_hash,
        case
            when own_finding is not null
                then
                    {{ text_without_forgotten(
                        '(' ~ text_of_row(contract.columns, timestamps) ~ ')'
                    ) }}
        end as found_text,
        source_instance,
        source_file,
        source_row
    from identified_rows

),

{{ rows_to_judge_again(belongs_to, contract.columns) }}

{% for column, parent in belongs_to.items() -%}
{{ column }}_parents as (

    select row_key as parent_key from {{ parent }}
    where
        row_status = 'used'
        {% if is_slice() -%}
        and row_key in (select rows_to_judge.{{ entity_of(column) }}_key from rows_to_judge)
        {%- endif %}

),

{% endfor -%}

judged_rows as {{ inlined() }} (

    select
        rows_to_judge.*,
        case
            when own_finding is not null then own_finding
            {% for column in belongs_to -%}
            when
                rows_to_judge.{{ column }} is not null
                and {{ column }}_parents.parent_key is null
                then 'unknown_{{ column }}'
            {% endfor -%}
        end as quarantine_reason
    from rows_to_judge
    {% for column in belongs_to -%}
    left join {{ column }}_parents
        on rows_to_judge.{{ entity_of(column) }}_key = {{ column }}_parents.parent_key
    {% endfor %}
),

numbered_copies as (

    select
        *,
        row_number() over (
            partition by row_key, content_hash
            order by source_file, source_row
        ) as copy_number
    from judged_rows
    where
        may_be_repeated
        {% if not is_slice() -%}
        -- Asked once more: without any such id no file is read again.
        and id_hash in (select repeated_ids.id_hash from repeated_ids)
        {%- endif %}

),

-- Only usable rows compete. Of two from one time always the same one is taken, whichever landed
-- first.
ranked_versions as (

    select
        *,
        row_number() over (
            partition by row_key, quarantine_reason is null and copy_number = 1
            order by updated_at desc nulls last, content_hash desc
        ) as version_rank
    from numbered_copies

),

single_and_ranked_rows as (

    select
        *,
        1 as copy_number,
        1 as version_rank
    from judged_rows
    where not may_be_repeated

    union all

    select * from ranked_versions

),

told_apart_rows as (

    select
        *,
        case
            when quarantine_reason is not null
                then coalesce(found_text, {{ record_of_values(contract.columns) }})
        end as row_text
    from single_and_ranked_rows

),

{{ table }} as (

    select
        row_key,
        {% for column in belongs_to -%}
        {{ entity_of(column) }}_key,
        {% endfor -%}
        {% for column in contract.columns -%}
        {{ column.name }},
        {% endfor -%}
        {{ fate_of_versions() }},
        case when quarantine_reason is null then found_flags end as dq_flag,
        found_flags,
        own_finding,
        found_text,
        content_hash,
        source_instance,
        source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from told_apart_rows

)

select * from {{ table }}
{%- endmacro %}

{# What a column of ids or codes names: contact_id a contact, calendar_code a calendar. #}
{% macro entity_of(column) -%}
    {{- column | replace('_id', '') | replace('_code', '') -}}
{%- endmacro %}

{#
    Values that rows of one id have in common: those of the columns of the key, but for columns that
    may be left out, whose default may be written too.
#}
{% macro values_of_key(contract, codes) -%}
    {%- set values = [] -%}
    {%- for column in contract.columns
        if column.name in contract.key and column.default is not defined -%}
        {%- do values.append(
            published_value(column, codes.get(column.name), contract.timestamps)
        ) -%}
    {%- endfor -%}
    {{ return(values) }}
{%- endmacro %}

{# Whether nothing was written where the value of a column should stand. #}
{% macro is_empty(column, timestamps) -%}
    {%- if column.name in timestamps -%}
        ({{ column.name }}_text is null and {{ column.name }}_value is null)
    {%- else -%}
        {{ column.name }}_text is null
    {%- endif -%}
{%- endmacro %}

{#
    What a row holds: the text of each column, and beside that of a time the time itself, for to
    write times as text costs more than all the rest. As many parts whatever has landed, so that a
    copy in another build's file is found too.
#}
{% macro contents_of_row(columns, timestamps) -%}
    {%- set contents = [] -%}
    {%- for column in columns -%}
        {%- do contents.append(column.name ~ '_text') -%}
        {%- if column.data_type == 'timestamp' -%}
            {%- do contents.append(
                column.name ~ '_value' if column.name in timestamps else 'cast(null as timestamp)'
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(contents) }}
{%- endmacro %}

{# The texts of a row, one per column. #}
{% macro contents_of_texts(columns, timestamps) -%}
    {%- set texts = [] -%}
    {%- for column in columns -%}
        {%- if column.name in timestamps -%}
            {%- do texts.append(
                'coalesce(' ~ column.name ~ '_text, cast(' ~ column.name ~ '_value as string))'
            ) -%}
        {%- else -%}
            {%- do texts.append(column.name ~ '_text') -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(texts) }}
{%- endmacro %}

{% macro id_of_keys(key) -%}
    {%- if key | length == 1 -%}
        cast({{ key[0] }} as string)
    {%- else -%}
        concat_ws(
            chr(31)
            {%- for column in key -%}
            , cast({{ column }} as string)
            {%- endfor -%}
        )
    {%- endif -%}
{%- endmacro %}

{# The line of a row; a record of Parquet, which has none, is shown by its columns. #}
{% macro text_of_row(columns, timestamps) -%}
    case
        when line is not null then line
        else {{ record_of_texts(columns, timestamps) }}
    end
{%- endmacro %}

{% macro record_of_texts(columns, timestamps) -%}
    concat_ws(
        ', '
        {%- for text in contents_of_texts(columns, timestamps) -%}
        , '{{ columns[loop.index0].hash_of or columns[loop.index0].name }}=' || {{ text }}
        {%- endfor -%}
    )
{%- endmacro %}

{# What is known of a row that was once used, when it no longer can be. #}
{% macro record_of_values(columns) -%}
    concat_ws(
        ', '
        {%- for column in columns -%}
        , '{{ column.name }}=' || cast({{ column.name }} as string)
        {%- endfor -%}
    )
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
        'entity': meta.get('entity', entity_of(meta.key[0]) if meta.get('key') else none),
        'timestamps': timestamps_of_parquet('files', model.name.split('__')[1], columns),
        'key': meta.get('key', []),
        'needs_one_of': meta.get('needs_one_of', []),
        'quarantine': meta.get('quarantine', {}),
        'columns': columns,
    }) }}
{%- endmacro %}

{# The value that the text of a published column holds; NULL where it holds none. #}
{% macro published_value(column, codes, timestamps=[]) -%}
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
        {%- set parsed = utc_from_offset_text(text) -%}
        {%- if column.name in timestamps -%}
            {{ value_of_known_years(
                'coalesce(' ~ adapter.quote(column.name ~ '_value') ~ ', ' ~ parsed ~ ')'
            ) }}
        {%- else -%}
            {{ value_of_known_years('(' ~ parsed ~ ')') }}
        {%- endif -%}
    {%- elif column.data_type == 'date' -%}
        {{ value_of_known_years(date_of_text(text)) }}
    {%- elif column.data_type in ('integer', 'bigint') -%}
        {%- set number = 'try_cast(' ~ text ~ ' as decimal(18, 3))' -%}
        {%- set value -%}
            case
                when {{ number }} = try_cast({{ number }} as bigint)
                    then try_cast({{ number }} as {{ column.data_type }})
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
        {%- set landed = landed_file_groups('files', table) | sum(start=[]) -%}
        {%- if files and files | length == landed | length -%}
            {%- do values.append("'" ~ column.without_column ~ "'") -%}
        {%- elif files -%}
            {%- set names = [] -%}
            {%- for file in files -%}
                {%- do names.append(exact_text_literal(file)) -%}
            {%- endfor -%}
            {%- do values.append(
                "case when source_file in (" ~ names | join(', ') ~ ") then '"
                ~ column.without_column ~ "' end"
            ) -%}
        {%- endif -%}
    {%- endif -%}
    {%- if column.default is defined -%}
        {%- do values.append(
            utc_from_offset_text("'" ~ column.default ~ "'") if column.data_type == 'timestamp'
            else "cast('" ~ column.default ~ "' as " ~ column_type(column.data_type) ~ ")"
        ) -%}
    {%- endif -%}
    {%- if values | length > 1 -%}
        coalesce({{ values | join(', ') }})
    {%- else -%}
        {{ values[0] }}
    {%- endif -%}
{%- endmacro %}

{# What the row says of a column whose text was no value; of one that must be there it is no use. #}
{% macro mended_flag(column, timestamps) -%}
    {%- set name = column.name -%}
    {%- set is_listed = column.codes or column.get('values') -%}
    case
        when {{ name }} is null and not {{ is_empty(column, timestamps) }}
            then '{{ 'undocumented_' if is_listed else 'unreadable_' }}{{ column.hash_of or name }}'
        {%- if column.otherwise and column.required %}
        when {{ is_empty(column, timestamps) }} then 'missing_{{ name }}'
        {%- endif %}
        {%- if column.longest_seconds %}
        else {{ duration_flag(name, name | replace('_seconds', ''), column.longest_seconds) }}
        {%- endif %}
    end
{%- endmacro %}
