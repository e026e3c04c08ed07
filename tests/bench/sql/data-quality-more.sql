-- The inventory of the columns a full export has beside.

-- part of metrics.dataQuality.dimensions[dimension].checks[check]
select 'validity' as dimension, 'cells-readable' as check,
  count(amount) + count(probability) + count(created) + count(close) + count(modified) + count(activity) as "rate.count",
  count(amount) + count(probability) + count(created) + count(close) + count(modified) + count(activity) as "rate.of"
from deals
union all
select 'timeliness', 'changed-lately',
  count(*) filter (where greatest(activity, modified::date) >= getvariable('today') - 30), count(greatest(activity, modified::date))
from deals where kind = 'open';
