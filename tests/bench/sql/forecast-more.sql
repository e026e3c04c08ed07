-- Forecast by what the sellers say, and by the win rate so far.

-- part of metrics.forecast.currencies[currency].models[model]
with usual as (
  select count(*) filter (where kind = 'won') / count(*) as win_rate from deals where kind in ('won', 'lost')
),
models as (
  select currency, 'manual' as model, amount, coalesce(probability / 100, chance) as chance from due
  union all
  select currency, 'historical', amount, win_rate from due, usual
)
select
  currency, model,
  sum(amount * chance) as expected,
  count(amount) as deals,
  sqrt(sum(amount * amount * chance * (1 - chance))) as "standardDeviation",
  sum(chance) as "wins.expected"
from models
group by all;

-- part of metrics.forecast.currencies[currency].models[model]
select
  currency, 'commit' as model,
  coalesce(sum(amount) filter (where forecast_category = 'Commit'), 0) as expected,
  count(amount) as deals
from due
group by currency;

-- equals metrics.forecast.currencies[currency]
select
  currency,
  count(*) filter (where forecast_category = 'Best Case') as "bestCase.deals",
  coalesce(sum(amount) filter (where forecast_category = 'Best Case'), 0) as "bestCase.amount"
from due
group by currency;
