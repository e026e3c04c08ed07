-- The open deals: by forecast category, by the days since they were changed, and what is left of amounts that halve
-- every 30 days without a sign of life.

create view open_deals as
select
  *,
  getvariable('today') - case when activity <= getvariable('today') then activity end as active_days,
  getvariable('today') - case
    when modified::date <= getvariable('today') then modified::date
    when created <= getvariable('today') then created
  end as changed_days
from deals
where kind = 'open';

-- equals metrics.forecastCategories.categories[category]
select
  forecast_category as category,
  count(*) as deals,
  count(amount) as "dealsWithAmount",
  count(*) filter (where close between getvariable('today') and last_day(getvariable('today'))) as "due.deals",
  count(amount) filter (where close between getvariable('today') and last_day(getvariable('today'))) as "due.dealsWithAmount"
from open_deals
group by category;

-- equals metrics.forecastCategories.categories[category].amounts{currency}
select forecast_category as category, currency, sum(amount) as amount from open_deals group by all;

-- equals metrics.forecastCategories.categories[category].due.amounts{currency}
select forecast_category as category, currency, sum(amount) as amount from due group by all;

-- equals metrics.stalenessLayers.layers[fromDays]
select
  case when changed_days >= 366 then 366 when changed_days >= 180 then 180 when changed_days >= 90 then 90 else 0 end as "fromDays",
  count(*) as deals,
  count(amount) as "dealsWithAmount",
  count(*) as "share.count",
  sum(amount) filter (where currency = 'USD') as "amounts.USD",
  sum(amount) filter (where currency = 'EUR') as "amounts.EUR"
from open_deals
where changed_days is not null
group by 1;

-- equals metrics.stalenessLayers
select
  count(*) as "openDeals",
  count(*) filter (where changed_days is null) as unknown,
  count(*) filter (where changed_days >= 90) as "idle.count",
  count(changed_days) as "idle.of"
from open_deals;

-- part of metrics.stalenessLayers.clocks[clock]
select 'change' as clock, quantile_cont(changed_days, 0.5) as "medianDays", count(changed_days) as deals from open_deals
union all
select 'activity', quantile_cont(active_days, 0.5), count(active_days) from open_deals;

-- equals metrics.decayedPipeline
select
  count(*) filter (where active_days is not null) as "byActivity",
  count(*) filter (where active_days is null and changed_days is not null) as "byChange"
from open_deals
where amount is not null;

-- equals metrics.decayedPipeline.currencies[currency]
select
  currency,
  count(*) as deals,
  sum(amount) as amount,
  sum(amount * 2 ** (-coalesce(active_days, changed_days) / 30)) as "decayedAmount"
from open_deals
where amount is not null and coalesce(active_days, changed_days) is not null
group by currency;
