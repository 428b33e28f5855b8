{# Files of a table that were read since the last full build: a dict from name to signature. #}
{% macro files_read_before(table) -%}
    {%- set read_files = {} -%}
    {%- if is_slice() -%}
        {%- for row in rows_of_landed_files() if row[0] == table -%}
            {%- do read_files.update({row[1]: row[2]}) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(read_files) }}
{%- endmacro %}

{# Files of the table that a model stg_files__<table> judges that it has not read as they are. #}
{% macro unread_files() -%}
    {%- set table = table_of_files() -%}
    {%- set read_files = files_read_before(table) -%}
    {%- set unread = [] -%}
    {%- for file in (landing_of('files').files if execute and sliced_sources() else [])
        if file.table == table and read_files.get(file.name) != file.signature -%}
        {%- do unread.append(file) -%}
    {%- endfor -%}
    {{ return(unread) }}
{%- endmacro %}

{#
    The book of landed files: table, name and signature of each that was read, whether it lies in an
    archive by now or not. Asked first before a build notes what it reads.
#}
{% macro rows_of_landed_files() -%}
    {%- set question = 'rows of landed files' -%}
    {%- if 'value' not in remembered(question) -%}
        {%- do remembered(question, {'value': run_query(
            "select table_name, source_file, signature from " ~ book('landed_files')
            ~ " where source_system = 'files' order by source_file"
        ).rows}) -%}
    {%- endif -%}
    {{ return(remembered(question).value) }}
{%- endmacro %}

{# Tables of plain files of which any file was read. #}
{% macro tables_read_before() -%}
    {{ return(rows_of_landed_files() | map(attribute=0) | unique | list) }}
{%- endmacro %}

{# Whether the first file of a table has landed. #}
{% macro has_a_new_set_landed() -%}
    {{ return(
        'files' in sliced_sources()
        and landing_of('files').files | map(attribute='table')
        | reject('in', tables_read_before()) | list | length > 0
    ) }}
{%- endmacro %}

{#
    Names of files that were read and are not there any more: a build that reads everything anew
    would lose their rows.
#}
{% macro archived_files() -%}
    {%- if not are_books_open() or 'files' not in sliced_sources() -%}
        {{ return([]) }}
    {%- endif -%}
    {{ return(
        rows_of_landed_files() | map(attribute=1)
        | reject('in', landing_of('files').files | map(attribute='name') | list) | list
    ) }}
{%- endmacro %}

{# The table of plain files that a model stg_files__<table> judges. #}
{% macro table_of_files() -%}
    {{ return(model.name | replace('stg_files__', '')) }}
{%- endmacro %}

{#
    Before a table of plain files is judged: rows of files that have changed since they were read
    go, and are noted, for what they touched is worked out again. A file that is no longer there
    keeps its rows: landed files are often moved to an archive.
#}
{% macro forget_changed_files() -%}
    {%- set table = table_of_files() -%}
    {%- if not sliced_sources() -%}
    {%- elif not is_slice() -%}
        delete from {{ book('landed_files') }}
        where source_system = 'files' and table_name = '{{ table }}';
    {%- else -%}
        {%- set read_files = files_read_before(table) -%}
        {%- set changed = [] -%}
        {%- for file in landing_of('files').files
            if file.table == table and file.name in read_files
            and read_files[file.name] != file.signature -%}
            {%- do changed.append(exact_text_literal(file.name)) -%}
        {%- endfor -%}
        {%- if changed -%}
            {%- set columns = adapter.get_columns_in_relation(this)
                | map(attribute='name') | list -%}
            insert into {{ book('removed_rows') }}
            select
                'files' as source_system,
                '{{ table }}' as table_name,
                row_key,
                {{ contact_of_row(table, columns) }} as contact_key,
                {{ 'contact_id' if 'contact_id' in columns else 'null' }} as contact_id,
                source_instance,
                {{ 'agent_code' if 'agent_code' in columns else 'null' }} as agent_code,
                {{ time_of_row(columns) }} as started_at,
                {{ end_of_row(columns) }} as ended_at,
                {{ build_started_at() }} as removed_at
            from {{ this }}
            where source_file in ({{ changed | join(', ') }});
            delete from {{ this }} where source_file in ({{ changed | join(', ') }});
            delete from {{ book('landed_files') }}
            where
                source_system = 'files'
                and table_name = '{{ table }}'
                and source_file in ({{ changed | join(', ') }});
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{# The key of the contact that a row of plain files belongs to. #}
{% macro contact_of_row(table, columns) -%}
    {%- if table == 'contacts' -%}
        row_key
    {%- elif 'contact_key' in columns -%}
        contact_key
    {%- elif 'contact_id' in columns -%}
        {{ source_key('contact', 'contact_id', "'files'") }}
    {%- else -%}
        null
    {%- endif -%}
{%- endmacro %}

{# When what a row of plain files tells began. #}
{% macro time_of_row(columns) -%}
    {%- set times = [
        'connected_at', 'event_at', 'dialed_at', 'offered_at', 'started_at', 'starts_at'
    ] -%}
    {{- times | select('in', columns) | first | default('null') -}}
{%- endmacro %}

{# No earlier than what a row of plain files tells was over, work after it and all. #}
{% macro end_of_row(columns) -%}
    {%- set lengths = [] -%}
    {%- for column in ['dial_seconds', 'connected_seconds', 'after_contact_work_seconds']
        if column in columns -%}
        {%- do lengths.append('coalesce(' ~ column ~ ', 0)') -%}
    {%- endfor -%}
    {%- if lengths -%}
        {%- set start = time_of_row(columns) -%}
        {%- set end = 'coalesce(ended_at, ' ~ start ~ ')' if 'ended_at' in columns else start -%}
        {{ seconds_after('greatest(' ~ end ~ ', ' ~ start ~ ')', lengths | join(' + ')) }}
    {%- else -%}
        {{ time_of_row(columns) }}
    {%- endif -%}
{%- endmacro %}

{# After a table of plain files was judged: its files need not be read again. #}
{% macro note_landed_files() -%}
    {%- set table = table_of_files() -%}
    {%- set unread = [] -%}
    {%- for file in unread_files() -%}
        {%- do unread.append(
            "(" ~ exact_text_literal(file.name) ~ ", '" ~ file.signature ~ "')"
        ) -%}
    {%- endfor -%}
    {%- if unread -%}
        insert into {{ book('landed_files') }}
        select
            'files' as source_system,
            '{{ table }}' as table_name,
            unread_files.source_file,
            unread_files.signature,
            coalesce(counted_rows.row_count, 0) as row_count
        from (values {{ unread | join(', ') }}) as unread_files (source_file, signature)
        left join (
            select
                source_file,
                count(*) as row_count
            from {{ landed_rows('files', table, columns=[], unread_only=true) }}
            group by source_file
        ) as counted_rows on unread_files.source_file = counted_rows.source_file
    {%- endif -%}
{%- endmacro %}

{#
    The CTE rows_to_judge of judged_files: the rows of files that were not read before, and beside
    them those known rows whose fate hangs on another row that came, changed or went. A parent that
    was judged again and is still used changes nothing.
#}
{% macro rows_to_judge_again(belongs_to, columns) -%}
{%- if is_slice() -%}
touched_keys as (

    select row_key from fresh_rows

    union

    select row_key from {{ removed_rows_of(table_of_files()) }}

    {% for column, parent in belongs_to.items() -%}
    {%- set parents = parent.identifier | replace('stg_files__', '') %}
    union

    -- What waited for a parent that came.
    select row_key from {{ this }}
    where
        row_status_reason = 'unknown_{{ column }}'
        and {{ entity_of(column) }}_key in (
            select row_key from {{ parent }}
            where {{ is_new_row() }} and row_status = 'used'
        )

    union

    -- What has lost its parent: hardly ever any, and with none no key is read.
    select row_key from {{ this }}
    where
        {{ entity_of(column) }}_key in (
            select row_key
            from (
                select
                    row_key,
                    row_status
                from {{ parent }}
                where {{ is_new_row() }}
                union all
                select
                    row_key,
                    'removed' as row_status
                from {{ removed_rows_of(parents) }}
            ) as changed_parents
            group by row_key
            having count(case when row_status = 'used' then 1 end) = 0
        )

    {% endfor -%}
),

known_rows as (

    select
        true as may_be_repeated,
        cast(null as bigint) as id_hash,
        row_key,
        {% for column in belongs_to -%}
        {{ entity_of(column) }}_key,
        {% endfor -%}
        {% for column in columns -%}
        {{ column.name }},
        {% endfor -%}
        found_flags,
        own_finding,
        content_hash,
        found_text,
        source_instance,
        source_file,
        source_row
    from {{ this }}
    {{ where_key_in(this, 'row_key', 'select touched_keys.row_key from touched_keys') }}

),

rows_to_judge as (

    select * from fresh_rows

    union all

    select * from known_rows

),
{%- else -%}
rows_to_judge as {{ inlined() }} (

    select * from fresh_rows

),
{%- endif -%}
{%- endmacro %}

{# Rows of a table of plain files that went with a changed file since the last green build. #}
{% macro removed_rows_of(table) -%}
    {%- if execute and this is not none and last_green_build() is not none -%}
    (
        select * from {{ book('removed_rows') }}
        where
            source_system = 'files'
            {% if table != 'any' -%}
            and table_name = '{{ table }}'
            {%- endif %}
            and removed_at > timestamp '{{ last_green_build() }}'
    ) as removed_rows
    {%- else -%}
    (
        select
            cast(null as bigint) as row_key,
            cast(null as bigint) as contact_key,
            cast(null as {{ dbt.type_string() }}) as contact_id,
            cast(null as {{ dbt.type_string() }}) as source_instance,
            cast(null as {{ dbt.type_string() }}) as agent_code,
            cast(null as timestamp) as started_at,
            cast(null as timestamp) as ended_at
        where false
    ) as removed_rows
    {%- endif -%}
{%- endmacro %}
