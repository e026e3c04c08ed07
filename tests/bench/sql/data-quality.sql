-- The inventory of the file: what is in order, of what was looked at; and where values pile up.

-- part of metrics.dataQuality.dimensions[dimension].checks[check]
select * from (
  select 'completeness' as dimension, 'required-filled' as check,
    count(amount) filter (where asked_for) + count(close) filter (where asked_for) as "rate.count", 2 * count(*) filter (where asked_for) as "rate.of"
  from deals
  union all
  select 'validity', 'stages-known', count(stage), count(stage_text) from deals
  union all
  select 'timeliness', 'not-past-due', count(*) filter (where close >= getvariable('today')), count(close) from deals where kind = 'open'
  union all
  select 'consistency', 'closed-dated', count(*) filter (where close <= getvariable('today')), count(*) from deals where kind in ('won', 'lost')
  union all
  select 'consistency', 'amount-positive', count(*) filter (where amount > 0), count(amount) from deals
  union all
  select 'consistency', 'dates-in-order', count(*) filter (where created <= close), count(created) from deals
  where kind in ('won', 'lost') and close is not null
);

-- part of metrics.dataQuality.dimensions[dimension].checks[check]
select 'uniqueness' as dimension, 'ids-unique' as check, count(*) filter (where deals = 1) as "rate.count", sum(deals)::bigint as "rate.of"
from (select count(*) as deals from deals where id is not null group by id);

-- part of metrics.dataQuality.dimensions[dimension].checks[check]
-- Account and name, blanks, case and punctuation aside.
select 'uniqueness' as dimension, 'deals-unique' as check, count(*) filter (where deals = 1) as "rate.count", sum(deals)::bigint as "rate.of"
from (
  select count(*) as deals
  from deals join customers using (account)
  where deals.name is not null
  group by customer, regexp_replace(lower(deals.name), '[^a-z0-9]+', '', 'g')
);

-- equals metrics.dataQuality.heaping
select
  count(*) filter (where kind in ('won', 'lost') and close = last_day(close)) as "monthEndClosings.count",
  count(close) filter (where kind in ('won', 'lost')) as "monthEndClosings.of",
  count(*) filter (where kind in ('won', 'lost') and close = created) as "createdAsClosed.count",
  count(*) filter (where amount >= 100) as "roundAmounts.of",
  count(*) filter (where case when amount >= 100 then is_round(amount) end) as "roundAmounts.count"
from deals;
