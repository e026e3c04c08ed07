-- What customers buy: the average deal, who buys again, and the most valuable customers.

-- equals metrics.averageDeal.byCurrency[currency]
select
  currency,
  count(*) as deals,
  sum(amount) as "wonAmount",
  avg(amount) as "averageAmount",
  quantile_cont(amount, 0.5) as "medianAmount",
  quantile_cont(amount, 0.9) as "p90Amount"
from deals
where kind = 'won' and amount > 0
group by currency;

-- equals metrics.averageDeal.periods[from].byCurrency[currency]
select
  strftime(date_trunc('month', closed), '%Y-%m-%d') as "from", currency,
  count(*) as deals, sum(amount) as "wonAmount", avg(amount) as "averageAmount"
from deals
where kind = 'won' and amount > 0
  and closed between date_trunc('month', getvariable('today')) - interval 12 months and getvariable('today')
group by all;

-- The customers with a won deal.
create table buyers as
select
  customer,
  any_value(customers.name) as account,
  count(*) as orders,
  min(closed) as first_day,
  max(closed) as last_day,
  min(closed, 2)[2] as second_day,
  count(amount) filter (where currency = 'USD') as paid,
  sum(amount) filter (where currency = 'USD') as amount
from deals join customers using (account)
where kind = 'won'
group by customer;

-- equals metrics.repurchase
select
  count(*) as customers,
  sum(orders)::bigint as "wonDeals",
  count(*) filter (where orders >= 2) as "repeat.count",
  count(*) filter (where orders >= 2 and first_day = last_day) as "sameDay",
  count(*) filter (where first_day + 365 <= getvariable('today')) as "matured.of",
  count(*) filter (where first_day + 365 <= getvariable('today') and second_day <= first_day + 365) as "matured.count",
  count(*) filter (where first_day + 365 > getvariable('today')) as waiting,
  count(*) filter (where first_day is null) as undated
from buyers;

-- within metrics.repurchase.cohorts[from]
select
  strftime(date_trunc('month', first_day), '%Y-%m-%d') as "from",
  count(*) as customers,
  count(*) filter (where first_day + 365 <= getvariable('today') and second_day <= first_day + 365) as "matured.count",
  count(*) filter (where first_day + 365 <= getvariable('today')) as "matured.of",
  count(*) filter (where first_day + 365 > getvariable('today')) as waiting
from buyers
group by all;

-- Fifths of recency and frequency, and the segments they make.
create table rfm as
with days as (
  select *, greatest(0, getvariable('today') - last_day) as recency_days from buyers where last_day is not null
),
cuts as (
  select quantile_cont(recency_days, [0.2, 0.4, 0.6, 0.8]) as recency, quantile_cont(orders, [0.2, 0.4, 0.6, 0.8]) as frequency from days
)
select
  days.*,
  5 - len(list_filter(cuts.recency, cut -> cut < recency_days)) as recency,
  1 + len(list_filter(cuts.frequency, cut -> cut < orders)) as frequency,
  case
    when 5 - len(list_filter(cuts.recency, cut -> cut < recency_days)) >= 4
      then if(1 + len(list_filter(cuts.frequency, cut -> cut < orders)) >= 4, 'champions', 'promising')
    when 5 - len(list_filter(cuts.recency, cut -> cut < recency_days)) = 3
      then if(1 + len(list_filter(cuts.frequency, cut -> cut < orders)) >= 4, 'loyal', 'steady')
    else if(1 + len(list_filter(cuts.frequency, cut -> cut < orders)) >= 4, 'atRisk', 'sleeping')
  end as segment
from days, cuts;

-- equals metrics.rfm
select count(*) as customers, (select sum(orders) - sum(paid) from buyers)::bigint as "dealsWithoutAmount" from rfm;

-- part of metrics.rfm.segments[segment]
select segment, count(*) as "customers.count", sum(orders)::bigint as "wonDeals", coalesce(sum(amount), 0) as "wonAmount"
from rfm
group by segment;

-- within metrics.rfm.top[account]
select account, orders as "wonDeals", amount as "wonAmount", recency_days as "recencyDays", recency, frequency, segment
from rfm;
