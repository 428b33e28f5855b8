{% macro surrogate_key(parts) -%}
    {{ return(adapter.dispatch('surrogate_key')(parts)) }}
{%- endmacro %}

{# Each part is written behind its length, so ('a', 'bc') and ('ab', 'c') always differ. #}
{% macro duckdb__surrogate_key(parts) -%}
    {%- set texts = [] -%}
    {%- for part in parts -%}
        {%- do texts.append("length(" ~ part ~ ")") -%}
        {%- do texts.append("coalesce(" ~ part ~ ", '')") -%}
    {%- endfor -%}
    cast(
        cast('0x' || left(md5(concat_ws(':', {{ texts | join(', ') }})), 16) as ubigint) >> 1
        as bigint
    )
{%- endmacro %}

{# `conv` to a negative base reads all 64 bits as a signed number, of which the shift drops one. #}
{% macro spark__surrogate_key(parts) -%}
    {%- set texts = [] -%}
    {%- for part in parts -%}
        {%- do texts.append("length(" ~ part ~ ")") -%}
        {%- do texts.append("coalesce(" ~ part ~ ", '')") -%}
    {%- endfor -%}
    shiftrightunsigned(
        cast(conv(left(md5(concat_ws(':', {{ texts | join(', ') }})), 16), 16, -10) as bigint), 1
    )
{%- endmacro %}

{% macro source_key(
    entity, natural_id, source_system='source_system', source_instance='source_instance'
) -%}
    {{ surrogate_key(["'" ~ entity ~ "'", source_system, source_instance, natural_id]) }}
{%- endmacro %}

{% macro salted_hash(identifier) -%}
    {{ hash_or_pseudonym(identifier) }}
{%- endmacro %}

{% macro salted_hash_of(identifier) -%}
    {%- set salt = env_var("CONTACT_CENTER_SALT", "sample-salt") -%}
    {{ sha256_of(exact_text_literal(salt ~ ':') ~ ' || ' ~ identifier) }}
{%- endmacro %}

{% macro sha256_of(text) -%}
    {{ return(adapter.dispatch('sha256_of')(text)) }}
{%- endmacro %}

{% macro duckdb__sha256_of(text) -%}
    sha256({{ text }})
{%- endmacro %}

{% macro spark__sha256_of(text) -%}
    sha2({{ text }}, 256)
{%- endmacro %}

{#
    A telephone number or mail address as a salted hash, the same whichever source wrote it: blanks,
    punctuation and the plus in front tell no two numbers apart. A word for none is none.
#}
{% macro address_hash(address) -%}
    {%- set plain = plain_address(address) -%}
    case
        when {{ address }} like '%@%' then {{ salted_hash('lower(trim(' ~ address ~ '))') }}
        when
            {{ plain }} not in (
                '', 'anonymous', 'blocked', 'private', 'restricted', 'unavailable', 'unknown',
                'withheld'
            )
            then {{ salted_hash(plain) }}
    end
{%- endmacro %}

{% macro plain_address(address) -%}
    translate(lower({{ address }}), ' ()-./+', '')
{%- endmacro %}

{# Members of the reference seeds belong to no source. #}
{% macro reference_key(entity, code) -%}
    {{ source_key(entity, code, "'reference'", "'default'") }}
{%- endmacro %}

{# Tells rows apart within a build, and differs in the next: never a key of a mart. #}
{% macro random_id() -%}
    {{ return(adapter.dispatch('random_id')()) }}
{%- endmacro %}

{% macro duckdb__random_id() -%}
    cast(hash(uuid()) >> 1 as bigint)
{%- endmacro %}

{% macro spark__random_id() -%}
    shiftrightunsigned(xxhash64(uuid()), 1)
{%- endmacro %}

{# A number that tells texts apart, fast. Engines give different ones: it is for one build file. #}
{% macro text_hash(texts) -%}
    {{ return(adapter.dispatch('text_hash')(texts)) }}
{%- endmacro %}

{% macro duckdb__text_hash(texts) -%}
    cast(hash({{ texts | join(', ') }}) >> 1 as bigint)
{%- endmacro %}

{# Spark passes over NULL, so ('a', NULL) would be (NULL, 'a'). #}
{% macro spark__text_hash(texts) -%}
    {%- set parts = [] -%}
    {%- for text in texts -%}
        {%- do parts.append(text) -%}
        {%- do parts.append('isnull(' ~ text ~ ')') -%}
    {%- endfor -%}
    shiftrightunsigned(xxhash64({{ parts | join(', ') }}), 1)
{%- endmacro %}

{#
    The where clause that finds a few rows of a large table by their keys, which `keys` selects.
    DuckDB, as of 2.0, would read all columns of wherever a key may be: so it reads the keys alone
    first.
#}
{% macro where_key_in(relation, key, keys) -%}
    {{ return(adapter.dispatch('where_key_in')(relation, key, keys)) }}
{%- endmacro %}

{% macro duckdb__where_key_in(relation, key, keys) -%}
    where rowid in (select rowid from {{ relation }} where {{ key }} in ({{ keys }}))
{%- endmacro %}

{% macro spark__where_key_in(relation, key, keys) -%}
    where {{ key }} in ({{ keys }})
{%- endmacro %}
