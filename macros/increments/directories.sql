{#
    Directories tell of members that rows of any time belong to: when a queue is renamed, a slice is
    not enough. Models with `meta: {reads_directories: true}` are built whole when one has changed
    since the last green build, and with them, for they carry it too, all that is made of them.

    Where additions do not count, no row of earlier times can have belonged to a member that is new.
#}
{% macro directories() -%}
    {{ return([
        {'name': 'dim_queue', 'do_additions_count': true},
        {'name': 'dim_contact_reason', 'do_additions_count': true},
        {'name': 'dim_disposition', 'do_additions_count': true},
        {'name': 'dim_agent', 'do_additions_count': false},
        {'name': 'dim_team', 'do_additions_count': false},
        {'name': 'int_calendar_hours', 'do_additions_count': true},
        {'name': 'int_calendar_holidays', 'do_additions_count': true},
    ]) }}
{%- endmacro %}

{# The same for one model at whatever time it asks; another may ask before a directory is built. #}
{% macro is_of_changed_directories() -%}
    {%- set question = 'directories of ' ~ model.unique_id -%}
    {%- set known = remembered(question) -%}
    {%- if 'value' in known -%}
        {{ return(known.value) }}
    {%- endif -%}
    {{ return(remembered(question, {'value': have_directories_changed()}).value) }}
{%- endmacro %}

{% macro have_directories_changed() -%}
    {%- for directory in directories() if has_directory_changed(directory) -%}
        {{ return(true) }}
    {%- endfor -%}
    {{ return(false) }}
{%- endmacro %}

{# Asked once where the directory is as it will be for the rest of this build. #}
{% macro has_directory_changed(directory) -%}
    {%- set question = 'changes of ' ~ directory.name -%}
    {%- set known = remembered(question) -%}
    {%- if 'value' in known -%}
        {{ return(known.value) }}
    {%- endif -%}
    {%- set is_settled = is_settled(directory.name) -%}
    {%- set now = 'select * from ' ~ relation_of_model(directory.name) -%}
    {%- set before = 'select * from ' ~ book('green_' ~ directory.name) -%}
    {%- set changes = '(' ~ before ~ ' except ' ~ now ~ ')' -%}
    {%- if directory.do_additions_count -%}
        {%- set changes = changes ~ ' union all (' ~ now ~ ' except ' ~ before ~ ')' -%}
    {%- endif -%}
    {%- set found = run_query(
        'select 1 from (' ~ changes ~ ') as changes limit 1'
    ).rows | length > 0 -%}
    {%- if is_settled -%}
        {%- do remembered(question, {'value': found}) -%}
    {%- endif -%}
    {{ return(found) }}
{%- endmacro %}

{# Part of the hook after a green build. #}
{% macro keep_directories() -%}
    {%- set names = directories() | map(attribute='name') | list -%}
    {%- for name in names + ['int_files__agents', 'int_files__teams'] %}
        create or replace table {{ book('green_' ~ name) }} as
        select * from {{ relation_of_model(name) }};
    {%- endfor %}
{%- endmacro %}

{#
    Rows of a directory of a sliced source that came, changed or went since the last green build, as
    a sub-query with the columns that are compared. Without such a build there are none.
#}
{% macro changed_rows(name, columns) -%}
    {%- set now = ref(name) -%}
    {%- set chosen = 'select ' ~ columns | join(', ') ~ ' from ' -%}
    {%- if execute and this is not none and last_green_build() is not none -%}
        (
            ({{ chosen }} {{ now }} except {{ chosen }} {{ book('green_' ~ name) }})
            union all
            ({{ chosen }} {{ book('green_' ~ name) }} except {{ chosen }} {{ now }})
        ) as changed_rows
    {%- else -%}
        ({{ chosen }} {{ now }} where false) as changed_rows
    {%- endif -%}
{%- endmacro %}

{# As text, where ref may not be called: in a condition of a hook, or where nothing is read. #}
{% macro relation_of_model(name) -%}
    {{- graph.nodes['model.' ~ project_name ~ '.' ~ name].relation_name -}}
{%- endmacro %}
