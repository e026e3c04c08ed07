-- The cycle of the won deals by the month they were created in, the latest twelve months.

-- equals metrics.cyclePeriods.periods[period]
select
  month_of(date_trunc('month', created)) as period,
  count(*) as created,
  count(*) filter (where kind = 'won') as won,
  count(*) filter (where kind = 'lost') as lost,
  count(*) filter (where kind = 'open') as open,
  quantile_cont(closed - created, 0.5) filter (where kind = 'won' and closed >= created) as "medianWonDays"
from deals
where created <= getvariable('today')
group by date_trunc('month', created)
order by period desc
limit 12;

-- equals metrics.cyclePeriods
select quantile_cont(closed - created, 0.9) as "maturityDays"
from deals
where kind = 'won' and closed >= created and created <= getvariable('today');
