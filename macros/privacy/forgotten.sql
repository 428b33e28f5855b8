{# The salted hash of an identifier, or the pseudonym of a forgotten customer, also of itself. #}
{% macro hash_or_pseudonym(identifier) -%}
    {%- set customers = forgotten_customers() -%}
    {%- set hash = salted_hash_of(identifier) -%}
    {%- set pairs = [] -%}
    {%- for customer in customers -%}
        {%- do pairs.append([customer.fingerprint, customer.pseudonym]) -%}
    {%- endfor -%}
    {%- if not customers -%}
        {{ hash }}
    {%- else -%}
        case
            when {{ is_pseudonym('right(' ~ identifier ~ ', 25)') }}
                then right({{ identifier }}, 25)
            when {{ is_forgotten_hash(hash, customers) }}
                then {{ looked_up(fingerprint(hash), pairs) }}
            else {{ hash }}
        end
    {%- endif -%}
{%- endmacro %}

{% macro fingerprint(hash) -%}
    {{ sha256_of("'forgotten:' || " ~ hash) }}
{%- endmacro %}

{# An IN of many is a hash table, the map above a list: it is asked only of those who are in it. #}
{% macro is_forgotten_hash(hash, customers) -%}
    {{ fingerprint(hash) }} in (
        {%- for customer in customers -%}
        '{{ customer.fingerprint }}'{{ ', ' if not loop.last }}
        {%- endfor -%}
    )
{%- endmacro %}

{# Whether a column of hashes holds the pseudonym of a forgotten customer; never true of NULL. #}
{% macro is_pseudonym(column) -%}
    coalesce({{ column }} like 'forgotten________________', false)
{%- endmacro %}

{# A raw value as it is, or the pseudonym where its hash has become that. #}
{% macro unless_forgotten(value, hash) -%}
    case when {{ is_pseudonym(hash) }} then {{ hash }} else {{ value }} end
{%- endmacro %}

{#
    By which of several hashes in one row the customer is known: the first there is. Where one of
    them is of a forgotten customer, so is the row, or it would be known by another name.
#}
{% macro customer_known_by(hashes) -%}
    {%- if not forgotten_customers() -%}
        coalesce({{ hashes | join(', ') }})
    {%- else -%}
        case
            {%- for hash in hashes %}
            when {{ is_pseudonym(hash) }} then {{ hash }}
            {%- endfor %}
            else coalesce({{ hashes | join(', ') }})
        end
    {%- endif -%}
{%- endmacro %}

{#
    The original text of a row that cannot be used, NULL where any part of it names a forgotten
    customer, where its file is older than the period of quarantine, or where the variable
    keep_quarantined_text says that none is kept.
#}
{% macro text_without_forgotten(text) -%}
    {%- set past = [] -%}
    {%- for name in files_past_quarantine() -%}
        {%- do past.append(exact_text_literal(name)) -%}
    {%- endfor -%}
    {%- if not var('keep_quarantined_text') -%}
        cast(null as {{ dbt.type_string() }})
    {%- elif past -%}
        case
            when source_file not in ({{ past | join(', ') }})
                then {{ text_unless_it_names_forgotten(text) }}
        end
    {%- else -%}
        {{ text_unless_it_names_forgotten(text) }}
    {%- endif -%}
{%- endmacro %}

{#
    Parts of a text are what stands between the marks that separate fields, and between those and
    colons and blanks.
#}
{% macro text_unless_it_names_forgotten(text) -%}
    {%- set customers = forgotten_customers() -%}
    {%- if not customers -%}
        {{ text }}
    {%- else -%}
        {%- set marks = ['[,;|<>="\\t\\[\\]{}]+', '[,;|<>="\\t\\[\\]{}: /]+'] -%}
        {%- set fingerprints = [] -%}
        {%- for identifier in ways_to_know_a_customer('trim(part)') -%}
            {%- do fingerprints.append(fingerprint(salted_hash_of(identifier))) -%}
        {%- endfor -%}
        {%- set known = customers | map(attribute='fingerprint') -%}
        case
            when {{ has_part_in(text, marks, fingerprints, known) }} then null
            else {{ text }}
        end
    {%- endif -%}
{%- endmacro %}

{# What sources hash of a customer's id, number or address; scripts/forgotten.py knows the same. #}
{% macro ways_to_know_a_customer(identifier) -%}
    {{ return([
        identifier,
        'lower(' ~ identifier ~ ')',
        plain_address(identifier),
        "'user ' || " ~ identifier,
        "'external contact ' || " ~ identifier,
    ]) }}
{%- endmacro %}
