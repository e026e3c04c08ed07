-- Freshness: cells that can be read.

-- equals metrics.freshness
select
  count(amount) + count(created) + count(close) as "readable.count",
  count(amount) + count(created) + count(close) as "readable.of"
from deals;
