-- Sales cycle: days from creation to close.

-- part of metrics.cycle
select
  count(*) filter (where kind = 'won') as "won.deals",
  avg(closed - created) filter (where kind = 'won') as "won.meanDays",
  quantile_cont(closed - created, 0.5) filter (where kind = 'won') as "won.medianDays",
  quantile_cont(closed - created, 0.9) filter (where kind = 'won') as "won.p90Days",
  count(*) filter (where kind = 'lost') as "lost.deals",
  avg(closed - created) filter (where kind = 'lost') as "lost.meanDays",
  quantile_cont(closed - created, 0.5) filter (where kind = 'lost') as "lost.medianDays",
  quantile_cont(closed - created, 0.9) filter (where kind = 'lost') as "lost.p90Days"
from deals
where closed >= created;

-- equals metrics.cycle
select
  count(*) filter (where kind = 'won' and (closed is null or created is null)) as "won.uncomputable",
  count(*) filter (where kind = 'won' and closed < created) as "won.negative",
  count(*) filter (where kind = 'lost' and (closed is null or created is null)) as "lost.uncomputable",
  count(*) filter (where kind = 'lost' and closed < created) as "lost.negative"
from deals;

-- equals metrics.cycle
-- Months of which all deals had the time that nine of ten won deals took.
with last as (
  select date_trunc('month', getvariable('today') - floor(quantile_cont(closed - created, 0.9) + 0)::int + 0)::date as start
  from deals
  where kind = 'won' and closed >= created
)
select
  strftime(any_value(last.start) - 1, '%Y-%m-%d') as "matured.createdUntil",
  count(*) as "matured.deals",
  quantile_cont(closed - created, 0.5) as "matured.medianDays"
from deals, last
where kind = 'won' and closed >= created and created < last.start;
