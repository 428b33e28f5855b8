-- One row per month, site, account, channel and kind of share of the costs, to the cent.
{{ config(meta={'rows_of': 'int_cost_lines'}) }}
with

cost_lines as (

    select * from {{ ref('int_cost_lines') }}

),

cost_accounts as (

    select * from {{ ref('cost_accounts') }}

),

agent_legs as (

    select * from {{ ref('fact_agent_legs') }}

),

outbound_attempts as (

    select * from {{ ref('fact_outbound_attempts') }}

),

agent_intervals as (

    select * from {{ ref('fact_agent_intervals') }}

),

queue_days as (

    select * from {{ ref('fact_queue_days') }}
    where is_from_totals

),

dim_team as (

    select * from {{ ref('dim_team') }}

),

dim_channel as (

    select * from {{ ref('dim_channel') }}

),

source_horizons as (

    select * from {{ ref('int_source_horizons') }}

),

ledger as (

    select
        cost_lines.source_system,
        cost_lines.source_instance,
        cost_lines.month_start_date,
        coalesce(cost_lines.site_name, 'Unknown site') as site_name,
        coalesce(cost_accounts.account_code, 'unknown') as account_code,
        coalesce(cost_accounts.account_name, 'Unknown account') as account_name,
        coalesce(cost_accounts.allocation, 'overhead') as allocation,
        cost_lines.currency_code,
        sum(cost_lines.amount) as amount
    from cost_lines
    left join cost_accounts on cost_lines.account_code = cost_accounts.account_code
    group by all

),

-- Dialing in vain is work of the channel too, though it became no leg.
engagements as (

    select
        source_system,
        source_instance,
        team_key,
        channel_key,
        connected_date as work_date,
        split_seconds + split_after_contact_work_seconds as work_seconds
    from agent_legs
    where split_seconds is not null

    union all

    select
        source_system,
        source_instance,
        team_key,
        channel_key,
        dialed_date as work_date,
        split_seconds as work_seconds
    from outbound_attempts
    where split_seconds is not null

),

site_work as (

    select
        engagements.source_system,
        engagements.source_instance,
        cast(date_trunc('month', engagements.work_date) as date) as month_start_date,
        dim_team.site_name,
        engagements.channel_key,
        sum(engagements.work_seconds) as work_seconds
    from engagements
    inner join dim_team on engagements.team_key = dim_team.team_key
    group by all

),

site_presence as (

    select
        agent_intervals.source_system,
        agent_intervals.source_instance,
        cast(date_trunc('month', agent_intervals.interval_date) as date) as month_start_date,
        dim_team.site_name,
        sum(agent_intervals.staffed_seconds) as staffed_seconds
    from agent_intervals
    inner join dim_team on agent_intervals.team_key = dim_team.team_key
    group by all

),

-- Time that agents were there and worked on no contact; unknown without log-ins.
site_idle as (

    select
        site_work.source_system,
        site_work.source_instance,
        site_work.month_start_date,
        site_work.site_name,
        greatest(min(site_presence.staffed_seconds) - sum(site_work.work_seconds), 0)
            as idle_seconds
    from site_work
    inner join site_presence
        on
            site_work.source_system = site_presence.source_system
            and site_work.source_instance = site_presence.source_instance
            and site_work.month_start_date = site_presence.month_start_date
            and site_work.site_name = site_presence.site_name
    group by all
    having min(site_presence.staffed_seconds) is not null

),

-- The totals of months before the records know no sites and no idle time.
center_work as (

    select
        source_system,
        source_instance,
        cast(date_trunc('month', offered_date) as date) as month_start_date,
        channel_key,
        sum(handle_seconds) as work_seconds
    from queue_days
    group by all

),

sites_with_records as (

    select distinct
        source_system,
        source_instance,
        month_start_date,
        site_name
    from site_work

),

weights as (

    select
        ledger.*,
        'agent_legs' as allocation_basis,
        'work' as share_type,
        site_work.channel_key,
        site_work.work_seconds as weight
    from ledger
    inner join site_work
        on
            ledger.source_system = site_work.source_system
            and ledger.source_instance = site_work.source_instance
            and ledger.month_start_date = site_work.month_start_date
            and ledger.site_name = site_work.site_name
    where ledger.allocation = 'handle'

    union all

    select
        ledger.*,
        'agent_legs' as allocation_basis,
        'idle' as share_type,
        -1 as channel_key,
        site_idle.idle_seconds as weight
    from ledger
    inner join site_idle
        on
            ledger.source_system = site_idle.source_system
            and ledger.source_instance = site_idle.source_instance
            and ledger.month_start_date = site_idle.month_start_date
            and ledger.site_name = site_idle.site_name
    where ledger.allocation = 'handle'

    union all

    select
        ledger.*,
        'daily_totals' as allocation_basis,
        'work' as share_type,
        center_work.channel_key,
        center_work.work_seconds as weight
    from ledger
    inner join center_work
        on
            ledger.source_system = center_work.source_system
            and ledger.source_instance = center_work.source_instance
            and ledger.month_start_date = center_work.month_start_date
    left join sites_with_records
        on
            ledger.source_system = sites_with_records.source_system
            and ledger.source_instance = sites_with_records.source_instance
            and ledger.month_start_date = sites_with_records.month_start_date
            and ledger.site_name = sites_with_records.site_name
    where ledger.allocation = 'handle' and sites_with_records.site_name is null

),

usable_weights as (

    select * from weights
    where weight > 0

),

divided_lines as (

    select distinct
        source_system,
        source_instance,
        month_start_date,
        site_name,
        account_code,
        currency_code
    from usable_weights

),

shares as (

    select * from usable_weights

    union all

    -- What nothing says how to divide stays in one line of no channel.
    select
        ledger.*,
        'none' as allocation_basis,
        case ledger.allocation when 'handle' then 'no_records' else 'overhead' end as share_type,
        -1 as channel_key,
        1 as weight
    from ledger
    left join divided_lines
        on
            ledger.source_system = divided_lines.source_system
            and ledger.source_instance = divided_lines.source_instance
            and ledger.month_start_date = divided_lines.month_start_date
            and ledger.site_name = divided_lines.site_name
            and ledger.account_code = divided_lines.account_code
            and ledger.currency_code = divided_lines.currency_code
    where divided_lines.account_code is null

),

-- Largest remainder: whole cents to each, the cents left over to those cut most.
exact_cents as (

    select
        *,
        cast(round(abs(amount) * 100) as bigint) as total_cents,
        cast(round(abs(amount) * 100) as bigint)
        * cast(weight as double)
        / sum(cast(weight as double)) over per_ledger_line as share_cents
    from shares
    window per_ledger_line as (
        partition by
            source_system,
            source_instance,
            month_start_date,
            site_name,
            account_code,
            currency_code
    )

),

ranked_cents as (

    select
        *,
        total_cents - sum(cast(floor(share_cents) as bigint)) over per_ledger_line
            as cents_left_over,
        row_number() over (
            partition by
                source_system,
                source_instance,
                month_start_date,
                site_name,
                account_code,
                currency_code
            order by share_cents - floor(share_cents) desc, share_type desc, channel_key asc
        ) as remainder_rank
    from exact_cents
    window per_ledger_line as (
        partition by
            source_system,
            source_instance,
            month_start_date,
            site_name,
            account_code,
            currency_code
    )

),

cent_shares as (

    select
        *,
        case when amount < 0 then -1 else 1 end as sign,
        cast(floor(share_cents) as bigint)
        + case when remainder_rank <= cents_left_over then 1 else 0 end as cents
    from ranked_cents

),

-- From when to when there are records to divide by.
coverage as (

    select
        source_system,
        source_instance,
        'agent_legs' as allocation_basis,
        {{ reporting_date('first_event_at') }} as first_date,
        {{ reporting_date('last_event_at') }} as last_date
    from source_horizons

    union all

    select
        source_system,
        source_instance,
        'daily_totals' as allocation_basis,
        min(offered_date) as first_date,
        max(offered_date) as last_date
    from queue_days
    group by source_system, source_instance

),

fact_cost_months as (

    select
        cent_shares.source_system,
        cent_shares.source_instance,
        cent_shares.channel_key,
        cent_shares.site_name,
        cent_shares.account_code,
        cent_shares.account_name,
        dim_channel.channel_name,
        cent_shares.share_type,
        cent_shares.allocation_basis,
        cent_shares.currency_code,
        -- What is finer than a cent in the ledger goes with the first share.
        cast(
            cent_shares.sign * cent_shares.cents * cast(0.01 as decimal(18, 4))
            + case
                when cent_shares.remainder_rank = 1
                    then
                        cent_shares.amount
                        - cent_shares.sign
                        * cent_shares.total_cents
                        * cast(0.01 as decimal(18, 4))
                else 0
            end as decimal(18, 4)
        ) as amount,
        cent_shares.share_type = 'work' as is_allocated,
        cent_shares.share_type = 'overhead'
        or coalesce(
            coverage.first_date <= cent_shares.month_start_date
            and coverage.last_date
            >= cent_shares.month_start_date + interval '1' month - interval '1' day,
            false
        ) as is_complete,
        cent_shares.month_start_date
    from cent_shares
    inner join dim_channel on cent_shares.channel_key = dim_channel.channel_key
    left join coverage
        on
            cent_shares.source_system = coverage.source_system
            and cent_shares.source_instance = coverage.source_instance
            and cent_shares.allocation_basis = coverage.allocation_basis

)

select * from fact_cost_months
