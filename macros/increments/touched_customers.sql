{#
    Customers of whom any contact is new, changed or gone since the last green build: what is known
    of a customer, or of the neighbors of a contact, is worked out anew for all contacts of these.
#}

{# A hook on each side of the slice of contacts: whose contacts go, and whose come. #}
{% macro note_touched_customers() -%}
    {%- if is_slice() -%}
        insert into {{ book('touched_customers') }}
        select distinct customer_key
        from {{ this }}
        where
            customer_key >= 0
            and (
                {{ is_touched_contact(ref('int_touched_contacts')) }} {{ or_of_whole_sources() }}
            );
    {%- endif -%}
{%- endmacro %}

{# A condition on rows with a customer_key. #}
{% macro is_of_touched_customer() -%}
    {%- if is_slice() -%}
        customer_key in (select customer_key from {{ book('touched_customers') }})
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}

{# The where clause of rows of the contacts that a CTE holds; all of them in a full build. #}
{% macro of_contacts_in(cte) -%}
    {%- if is_slice() -%}
        where contact_key in (select {{ cte }}.contact_key from {{ cte }})
    {%- endif -%}
{%- endmacro %}

{#
    The where clause of rows that are no older than the oldest that a CTE asks for; all of them in a
    full build. The engine finds the time first, and leaves what is before it unread.
#}
{% macro since_first_of(cte, at, column) -%}
    {%- if is_slice() -%}
        where {{ column }} >= (select min({{ at }}) from {{ cte }})
    {%- endif -%}
{%- endmacro %}

{% macro forget_touched_customers() -%}
    {%- if is_slice() -%}
        delete from {{ this }} where {{ is_of_touched_customer() }};
    {%- endif -%}
{%- endmacro %}

{#
    The same for dim_customer, which knows customers from elsewhere, too: where a directory or
    attempts may be others than before, all rows are worked out again. Missing members always are.
#}
{% macro is_of_touched_member() -%}
    {%- if is_slice()
        and is_left_by_this_build('int_customers')
        and is_left_by_this_build('int_blocked_attempts')
        and is_left_by_this_build('int_outbound_attempts') -%}
        (customer_key < 0 or {{ is_of_touched_customer() }})
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}

{% macro forget_touched_members() -%}
    {%- if is_slice() -%}
        delete from {{ this }} where {{ is_of_touched_member() }};
    {%- endif -%}
{%- endmacro %}
