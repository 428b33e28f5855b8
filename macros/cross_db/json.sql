{# Whether a text is a JSON object with one of two keys; false where it is no JSON. #}
{% macro is_document(text, key, list_key=none) -%}
    {{ return(adapter.dispatch('is_document')(text, key, list_key)) }}
{%- endmacro %}

{% macro duckdb__is_document(text, key, list_key) -%}
    coalesce(
        json_exists(try_cast({{ text }} as json), '$.{{ key }}')
        {%- if list_key %}
        or json_type(try_cast({{ text }} as json), '$.{{ list_key }}') = 'ARRAY'
        {%- endif -%},
        false
    )
{%- endmacro %}

{% macro spark__is_document(text, key, list_key) -%}
    coalesce(
        try_variant_get(try_parse_json({{ text }}), '$.{{ key }}', 'variant') is not null
        {%- if list_key %}
        or {{ list_in_document(text, list_key) }} is not null
        {%- endif -%},
        false
    )
{%- endmacro %}

{% macro list_in_document(text, list_key) -%}
    try_variant_get(try_parse_json({{ text }}), '$.{{ list_key }}', 'array<variant>')
{%- endmacro %}

{#
    A text cut where a JSON object follows another, as a list. No text within an object is cut: a
    brace, a key in quotes and a colon cannot stand in a string, where quotes have a backslash.
#}
{% macro objects_in_a_row(text) -%}
    {{ return(adapter.dispatch('objects_in_a_row')(text)) }}
{%- endmacro %}

{% macro duckdb__objects_in_a_row(text) -%}
    string_split(
        regexp_replace(
            {{ text }}, '\}(\s*)(\{\s*"[^"\\]+"\s*:)', '}\1' || chr(30) || '\2', 'g'
        ),
        chr(30)
    )
{%- endmacro %}

{% macro spark__objects_in_a_row(text) -%}
    split(
        regexp_replace(
            {{ text }},
            {{ exact_text_literal('\\}(\\s*)(\\{\\s*"[^"\\\\]+"\\s*:)') }},
            concat('}$1', chr(30), '$2')
        ),
        chr(30)
    )
{%- endmacro %}

{# The objects of a list in a document, or the document itself where it has no such list. #}
{% macro each_listed_document(document, list_key) -%}
    {{ return(adapter.dispatch('each_listed_document')(document, list_key)) }}
{%- endmacro %}

{% macro duckdb__each_listed_document(document, list_key) -%}
    unnest(
        case
            when json_type({{ document }}, '$.{{ list_key }}') = 'ARRAY'
                then cast(json_extract({{ document }}, '$.{{ list_key }}[*]') as varchar[])
            else [{{ document }}]
        end
    )
{%- endmacro %}

{% macro spark__each_listed_document(document, list_key) -%}
    explode(
        coalesce(
            transform(
                {{ list_in_document(document, list_key) }}, listed -> to_json(listed)
            ),
            array({{ document }})
        )
    )
{%- endmacro %}

{# A list taken apart into rows, with the place of each element from 1. #}
{% macro each_with_number(values, name, number_name) -%}
    {{ return(adapter.dispatch('each_with_number')(values, name, number_name)) }}
{%- endmacro %}

{% macro duckdb__each_with_number(values, name, number_name) -%}
    unnest({{ values }}) as {{ name }},
    generate_subscripts({{ values }}, 1) as {{ number_name }}
{%- endmacro %}

{% macro spark__each_with_number(values, name, number_name) -%}
    inline(transform(
        {{ values }},
        (element, place) -> named_struct('{{ name }}', element, '{{ number_name }}', place + 1)
    ))
{%- endmacro %}

{#
    A document as a struct, read once. `structure` is a dict of keys: `none` for a value, taken as
    text, a dict for an object, a list of one such thing for a list. Keys that the document has not
    are NULL, keys that are not named are passed over. A text that is no document is NULL.
#}
{% macro parse_json(document, structure) -%}
    {{ return(adapter.dispatch('parse_json')(document, structure)) }}
{%- endmacro %}

{% macro duckdb__parse_json(document, structure) -%}
    {%- set types = tojson(structure) | replace("null", '"varchar"') -%}
    json_transform(try_cast({{ document }} as json), {{ exact_text_literal(types) }})
{%- endmacro %}

{% macro spark__parse_json(document, structure) -%}
    from_json({{ document }}, '{{ type_of_structure(structure) }}')
{%- endmacro %}

{% macro type_of_structure(structure) -%}
    {%- if structure is none -%}
        string
    {%- elif structure is mapping -%}
        struct<
        {%- for key, part in structure.items() -%}
            {{ adapter.quote(key) }}: {{ type_of_structure(part) }}{{ ', ' if not loop.last }}
        {%- endfor -%}
        >
    {%- else -%}
        array<{{ type_of_structure(structure[0]) }}>
    {%- endif -%}
{%- endmacro %}

{# Structs in a list, a row each; a row with an empty list or NULL is gone. #}
{% macro each_element(elements) -%}
    {{ return(adapter.dispatch('each_element')(elements)) }}
{%- endmacro %}

{% macro duckdb__each_element(elements) -%}
    unnest({{ elements }})
{%- endmacro %}

{% macro spark__each_element(elements) -%}
    explode({{ elements }})
{%- endmacro %}

{# What parse_json has to read for a list of paths such as `Agent.ARN`; keys hold no dots. #}
{% macro structure_of(paths) -%}
    {%- set structure = {} -%}
    {%- for path in paths -%}
        {%- set keys = path.split('.') -%}
        {%- set place = namespace(at=structure) -%}
        {%- for key in keys[:-1] -%}
            {%- do place.at.setdefault(key, {}) -%}
            {%- set place.at = place.at[key] -%}
        {%- endfor -%}
        {%- do place.at.update({keys[-1]: none}) -%}
    {%- endfor -%}
    {{ return(structure) }}
{%- endmacro %}

{# The value at such a path of the struct. #}
{% macro value_at(struct, path) -%}
    {{ struct }}
    {%- for key in path.split('.') -%}
        .{{ adapter.quote(key | replace('"', '""')) }}
    {%- endfor -%}
{%- endmacro %}

{# The first struct of a list that has this text in a field, or NULL. #}
{% macro first_with(elements, field, value) -%}
    {{ return(adapter.dispatch('first_with')(elements, field, value)) }}
{%- endmacro %}

{% macro duckdb__first_with(elements, field, value) -%}
    list_filter({{ elements }}, lambda element: element.{{ field }} = '{{ value }}')[1]
{%- endmacro %}

{% macro spark__first_with(elements, field, value) -%}
    get(filter({{ elements }}, element -> element.{{ field }} = '{{ value }}'), 0)
{%- endmacro %}
