-- Sales velocity, by currency: what the present pace brings a day, and what was won in 90 days.

-- equals metrics.velocity.currencies[currency]
with parts as (
  select
    currency,
    count(*) filter (where kind = 'open') as open,
    count(*) filter (where kind = 'won') as won,
    count(*) filter (where kind in ('won', 'lost')) as closed,
    avg(amount) filter (where kind = 'won' and amount > 0) as average,
    count(*) filter (where kind = 'won' and amount > 0) as paid,
    count(amount) filter (where kind = 'won' and deals.closed between getvariable('today') - 89 and getvariable('today')) as recent,
    coalesce(sum(amount) filter (where kind = 'won' and deals.closed between getvariable('today') - 89 and getvariable('today')), 0) as recent_amount
  from deals
  group by currency
)
select
  currency,
  open as "openDeals",
  won as "winRate.count",
  closed as "winRate.of",
  average as "averageWonAmount",
  paid as "wonDealsWithAmount",
  won - paid as "wonDealsWithoutAmount",
  recent as "realised.deals",
  recent_amount as "realised.amount",
  recent_amount / 90 as "realised.amountPerDay"
from parts;

-- equals metrics.velocity.currencies[currency].byCycle[cycle]
with parts as (
  select
    currency,
    count(*) filter (where kind = 'open') as open,
    count(*) filter (where kind = 'won') as won,
    count(*) filter (where kind in ('won', 'lost')) as decided,
    avg(amount) filter (where kind = 'won' and amount > 0) as average,
    avg(closed - created) filter (where kind = 'won' and closed >= created) as won_days,
    avg(closed - created) filter (where closed >= created) as closed_days,
    count(*) filter (where kind = 'won' and closed >= created) as won_deals,
    count(*) filter (where closed >= created) as closed_deals
  from deals
  group by currency
)
select currency, 'won' as cycle, won_days as "meanDays", won_deals as deals, open * won / decided * average / won_days as "amountPerDay"
from parts
union all
select currency, 'closed', closed_days, closed_deals, open * won / decided * average / closed_days from parts;
