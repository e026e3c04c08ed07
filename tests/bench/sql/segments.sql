-- Deals by owner, source and region, counted once for all figures that break down by them.

create table segments as
select
  case when grouping(owner) = 0 then 'owner' when grouping(source) = 0 then 'source' else 'region' end as field,
  case when grouping(owner) = 0 then owner when grouping(source) = 0 then source else region end as value,
  count(*) as deals,
  count(*) filter (where kind = 'open') as open,
  count(*) filter (where kind = 'won') as won,
  count(*) filter (where kind = 'lost') as lost,
  count(amount) filter (where kind = 'open') as open_with_amount,
  count(amount) filter (where kind = 'won') as won_with_amount,
  count(amount) filter (where kind = 'lost') as lost_with_amount,
  count(*) filter (where follow_up >= getvariable('win_window') and days is not null) as matured,
  count(*) filter (where follow_up >= getvariable('win_window') and days <= getvariable('win_window') and kind = 'won') as matured_won,
  count(*) filter (where kind = 'open' and close < getvariable('today')) as past_due,
  count(close) filter (where kind = 'open') as due,
  count(amount) filter (where must_have) + count(close) filter (where must_have) as filled,
  2 * count(*) filter (where must_have) as required,
  count(*) filter (where kind = 'won' and closed >= created) as cycles,
  quantile_cont(closed - created, 0.5) filter (where kind = 'won' and closed >= created) as median_cycle,
  quantile_cont(days, 0.5) filter (where kind = 'won') as median_won_days
from timed
group by grouping sets ((owner), (source), (region))
having value is not null;

create table segment_amounts as
select
  case when grouping(owner) = 0 then 'owner' when grouping(source) = 0 then 'source' else 'region' end as field,
  case when grouping(owner) = 0 then owner when grouping(source) = 0 then source else region end as value,
  currency, kind,
  count(*) filter (where amount > 0) as paid,
  sum(amount) as amount,
  sum(amount) filter (where amount > 0) as paid_amount
from deals
group by grouping sets ((owner, currency, kind), (source, currency, kind), (region, currency, kind))
having value is not null and count(amount) > 0;

-- equals metrics.winSegments.fields[field]
select field, sum(deals)::bigint as deals from segments group by field;

-- within metrics.winSegments.fields[field].segments[value]
select
  field, value, won, lost, deals - won - lost as open,
  matured_won as "rate.count",
  matured as "rate.of",
  (sum(matured_won) over (partition by field) - matured_won)::bigint as "rest.count",
  (sum(matured) over (partition by field) - matured)::bigint as "rest.of",
  won as "closed.count",
  won + lost as "closed.of",
  median_cycle as "medianWonDays"
from segments;

-- within metrics.winSegments.fields[field].segments[value].wonAmount{currency}
select field, value, currency, amount from segment_amounts where kind = 'won';

-- equals metrics.groupComparison.refused[field]
select field, count(*) as values from segments where matured > 0 group by field;

-- within metrics.averageDeal.by[field].rows[value].byCurrency[currency]
select field, value, currency, paid as deals, paid_amount as "wonAmount", paid_amount / paid as "averageAmount"
from segment_amounts
where kind = 'won' and paid > 0;

-- part of metrics.averageDeal.by[field]
select field, count(distinct value) as groups from segment_amounts where kind = 'won' and paid > 0 group by field;
