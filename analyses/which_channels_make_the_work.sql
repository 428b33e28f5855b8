-- Which channels make the work, and which only the contacts?
--
-- Phone brings 80 % of October's contacts and 64 % of the work. A chat or an e-mail makes three
-- times the work of a call: each 5 and 4 % of the contacts, 12 and 10 % of the work. So ten calls
-- moved to chat add work, unless the bot ends them: it is what keeps a chat at 927 seconds on
-- average, where those that reach an agent take 1,615. Feedback forms cost next to nothing.
--
-- The table has, by channel, contacts, its share of contacts and of handling, the one over the
-- other, seconds of handling for each contact, and average handle time of those that were
-- handled.
--
-- channel           contacts  share  work   ratio  seconds  handle_seconds
-- Phone             7391      0.800  0.643  0.8    318      393
-- Mobile app voice  510       0.055  0.046  0.8    332      400
-- Live chat         474       0.051  0.120  2.3    927      1615
-- E-mail            380       0.041  0.095  2.3    918      535
-- Contact form      184       0.020  0.044  2.2    878      494
-- SMS               122       0.013  0.024  1.8    710      291
-- Social media      108       0.012  0.020  1.7    669      290
-- Feedback form     54        0.006  0.002  0.4    160      137
-- Fax               20        0.002  0.005  2.4    955      579
--
-- One row per channel of the last complete month.
with

channels as (

    select * from {{ ref('report_channel') }}
    where period = 'month' and is_complete and contact_count > 0

),

shares as (

    select
        channel_name as channel,
        contact_count as contacts,
        cast(contact_share as decimal(9, 3)) as share,
        cast(workload_share as decimal(9, 3)) as work,
        cast(workload_share / contact_share as decimal(9, 1)) as ratio,
        cast(handle_seconds / contact_count as decimal(9, 0)) as seconds,
        cast(average_handle_time as decimal(9, 0)) as handle_seconds
    from channels
    where period_start_date = (select max(period_start_date) from channels)

)

select * from shares
order by contacts desc
