-- What winning goes with: the share won by the values of each column that describes deals.

-- part of metrics.factorLift.factors[field].values[value]
select
  case when grouping(source) = 0 then 'source' when grouping(industry) = 0 then 'industry' when grouping(region) = 0 then 'region'
    when grouping(type) = 0 then 'type' when grouping(next_step) = 0 then 'next_step' else 'currency' end as field,
  case when grouping(source) = 0 then source when grouping(industry) = 0 then industry when grouping(region) = 0 then region
    when grouping(type) = 0 then type when grouping(next_step) = 0 then next_step else currency end as value,
  count(*) filter (where follow_up >= getvariable('win_window') and days <= getvariable('win_window') and kind = 'won') as "rate.count",
  count(*) filter (where follow_up >= getvariable('win_window') and days is not null) as "rate.of",
  count(*) filter (where kind = 'won') as "closed.count",
  count(*) filter (where kind in ('won', 'lost')) as "closed.of"
from timed
group by grouping sets ((source), (industry), (region), (type), (next_step), (currency))
having value is not null;

-- Thirds of the amounts of the deals that are compared or closed, in each currency by itself.
create view thirds as
with told as (
  select * from timed
  where amount is not null and (kind in ('won', 'lost') or (days is not null and follow_up >= getvariable('win_window')))
),
limits as (
  select currency, quantile_cont(amount, 1 / 3) as low, quantile_cont(amount, 2 / 3) as middle from told group by currency
)
select told.*, case when amount <= low then 'low' when amount <= middle then 'middle' else 'high' end as third
from told join limits using (currency);

-- part of metrics.factorLift.factors[field].values[value]
select
  'amount' as field, third as value,
  count(*) filter (where follow_up >= getvariable('win_window') and days <= getvariable('win_window') and kind = 'won') as "rate.count",
  count(*) filter (where follow_up >= getvariable('win_window') and days is not null) as "rate.of",
  count(*) filter (where kind = 'won') as "closed.count",
  count(*) filter (where kind in ('won', 'lost')) as "closed.of"
from thirds
group by third;
