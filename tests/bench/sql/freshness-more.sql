-- Freshness: open deals that nobody touched for 30 days, and cells that can be read.

-- equals metrics.freshness
select
  count(*) filter (where greatest(activity, modified::date) < getvariable('today') - 30) as "dormant.count",
  count(greatest(activity, modified::date)) as "dormant.of",
  count(*) filter (where activity is null and modified is null) as "dormant.unknown"
from deals
where kind = 'open';

-- equals metrics.freshness
select
  count(amount) + count(probability) + count(created) + count(close) + count(modified) + count(activity) as "readable.count",
  count(amount) + count(probability) + count(created) + count(close) + count(modified) + count(activity) as "readable.of"
from deals;
