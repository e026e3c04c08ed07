-- Win rates: of all deals, of closed deals, of deals created long enough ago, by value, and month by month.

-- equals metrics.winRate
select
  count(*) filter (where kind = 'open') as "counts.open",
  count(*) filter (where kind = 'won') as "counts.won",
  count(*) filter (where kind = 'lost') as "counts.lost",
  count(*) filter (where kind = 'won') as "closed.count",
  count(*) filter (where kind in ('won', 'lost')) as "closed.of",
  count(*) filter (where kind = 'won') as "toDate.count",
  count(kind) as "toDate.of",
  count(*) filter (where kind in ('won', 'open')) as "upperBound.count",
  count(kind) as "upperBound.of",
  count(*) filter (where kind = 'won' and (amount > 0) is not true) as "byValue.excludedWon",
  count(*) filter (where kind = 'lost' and (amount > 0) is not true) as "byValue.excludedLost"
from deals;

-- Deals from their creation to the day they were closed, or to today; no days where the dates do not allow it.
create view timed as
select
  *,
  case
    when kind is not null and (closed is not null or kind = 'open') and coalesce(closed, getvariable('today')) <= getvariable('today')
      and created <= coalesce(closed, getvariable('today'))
    then coalesce(closed, getvariable('today')) - created
  end as days,
  getvariable('today') - created as follow_up
from deals;

create view cohort as select * from timed where days is not null;

-- The days a deal is given: nine of ten won deals took no longer.
set variable win_window = (select ceil(quantile_cont(days, 0.9))::int from cohort where kind = 'won');

-- equals metrics.winRate.cohort
select
  getvariable('win_window') as "windowDays",
  count(*) as deals,
  (select count(kind) from deals) - count(*) as "undatedDeals",
  count(*) filter (where kind = 'won' and follow_up >= getvariable('win_window') and days <= getvariable('win_window')) as "matured.count",
  count(*) filter (where follow_up >= getvariable('win_window')) as "matured.of"
from cohort;

-- Deals by the days after which they were won, lost, or last seen open; with how many were followed so long
-- (Aalen and Johansen's estimate of the share won by a day, open deals counting as long as they were followed).
create table outcome_days as
with by_day as (
  select days, count(*) as deals, count(*) filter (where kind = 'won') as won, count(*) filter (where kind = 'lost') as lost
  from cohort
  group by days
),
at_risk as (
  select *, sum(deals) over (order by days desc) as at_risk from by_day
),
still_open as (
  -- The share still open after each day; where all that were left are decided, none is.
  select *,
    coalesce(exp(sum(case when won + lost < at_risk then ln(1 - (won + lost) / at_risk) end) over (order by days)), 1)
      * min((won + lost < at_risk)::int) over (order by days) as open_share
  from at_risk
),
steps as (
  select *, coalesce(lag(open_share) over (order by days), 1) as open_before from still_open
)
select
  days, deals, won, lost, at_risk, open_share,
  sum(open_before * won / at_risk) over (order by days) as won_share,
  sum(open_before * lost / at_risk) over (order by days) as lost_share
from steps;

-- equals metrics.winRate.cohort
select max_by(won_share, days) as "estimated.value", (select count(*) from cohort) as "estimated.of"
from outcome_days
where days <= getvariable('win_window');

-- equals metrics.winRate.byValue.byCurrency[currency]
select
  currency,
  sum(amount) filter (where kind = 'won') as "wonAmount",
  sum(amount) filter (where kind = 'lost') as "lostAmount",
  count(*) filter (where kind = 'won') as "wonDeals",
  count(*) filter (where kind = 'lost') as "lostDeals",
  sum(amount) ** 2 / sum(amount ** 2) as "effectiveDeals",
  sum(amount) filter (where kind = 'won') / sum(amount) as value
from deals
where kind in ('won', 'lost') and amount > 0
group by currency;

-- equals metrics.winRate.swing.periods[period]
-- Complete months, from the window after the first creation on.
select month_of(date_trunc('month', closed)) as period, count(*) filter (where kind = 'won') as count, count(*) as of
from deals
where closed < date_trunc('month', getvariable('today'))
group by date_trunc('month', closed)
having date_trunc('month', closed) >= (select min(created) from cohort) + getvariable('win_window');
