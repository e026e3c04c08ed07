-- Forecast of the running month, by currency: the open deals due by its end.

-- equals metrics.forecast
select
  count(*) filter (where close > last_day(getvariable('today'))) as "laterDeals",
  count(*) filter (where close is null) as "withoutDate"
from deals
where kind = 'open';

-- equals metrics.forecast.currencies[currency]
select
  currency,
  count(amount) filter (where kind = 'won' and closed between date_trunc('month', getvariable('today')) and getvariable('today')) as "won.deals",
  coalesce(sum(amount) filter (where kind = 'won' and closed between date_trunc('month', getvariable('today')) and getvariable('today')), 0)
    as "won.amount",
  count(*) filter (where kind = 'open' and close between getvariable('today') and last_day(getvariable('today'))) as "dueDeals",
  count(*) filter (where kind = 'open' and close between getvariable('today') and last_day(getvariable('today')) and amount is null)
    as "withoutAmount",
  count(*) filter (where kind = 'open' and close < getvariable('today')) as "pastDue.deals",
  sum(amount) filter (where kind = 'open' and close < getvariable('today')) as "pastDue.amount"
from deals
group by currency;

-- The deals due.
create view due as
select * from deals where kind = 'open' and close between getvariable('today') and last_day(getvariable('today'));

-- part of metrics.forecast.currencies[currency].models[model]
-- By the probability of the stage.
select
  currency, 'stage' as model,
  sum(amount * chance) as expected,
  count(amount) as deals,
  sqrt(sum(amount * amount * chance * (1 - chance))) as "standardDeviation",
  sum(chance) as "wins.expected"
from due
group by currency;

-- within metrics.forecast.pastDueDeals[deal]
select id as deal, name, amount, currency, stage
from deals
where kind = 'open' and close < getvariable('today')
order by amount desc nulls last, id
limit 50;
