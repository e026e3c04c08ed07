-- The win rate by the month deals were closed in, and by the month they were created in.

-- equals metrics.winRatePeriods.closed[period]
select month_of(date_trunc('month', closed)) as period, count(*) filter (where kind = 'won') as count, count(*) as of
from deals
where closed < date_trunc('month', getvariable('today'))
group by date_trunc('month', closed);

-- equals metrics.winRatePeriods
select
  count(*) filter (where kind = 'won' and closed between date_trunc('month', getvariable('today')) and getvariable('today')) as "current.count",
  count(*) filter (where closed between date_trunc('month', getvariable('today')) and getvariable('today')) as "current.of",
  count(*) filter (where kind in ('won', 'lost') and closed is null) as "closedUndated"
from deals;

-- equals metrics.winRatePeriods.created[period]
-- The share won within the window is told once all deals of the month are that old.
select
  month_of(date_trunc('month', created)) as period,
  count(*) as created,
  count(*) filter (where kind = 'won') as won,
  count(*) filter (where kind = 'lost') as lost,
  count(*) filter (where kind = 'open') as open,
  case when min(follow_up) >= getvariable('win_window')
    then count(*) filter (where kind = 'won' and days <= getvariable('win_window')) end as "matured.count"
from cohort
group by date_trunc('month', created);
