-- Freshness: open deals past their close date.

-- equals metrics.freshness
select
  count(*) as "openDeals",
  count(*) filter (where close < getvariable('today')) as "pastDue.count",
  count(close) as "pastDue.of",
  count(*) filter (where close is null) as "pastDue.unknown"
from deals
where kind = 'open';
