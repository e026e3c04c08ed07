-- What became of the deals by so many days after their creation.

-- equals metrics.outcomeOverTime
select
  count(*) as deals,
  count(*) filter (where kind = 'won') as won,
  count(*) filter (where kind = 'lost') as lost,
  count(*) filter (where kind = 'open') as open,
  (select count(kind) from deals) - count(*) as "undatedDeals",
  (select count(*) - count(kind) from deals) as "unplacedDeals"
from cohort;

-- equals metrics.outcomeOverTime.points[days]
with wanted as (
  select distinct unnest([30, 60, 90, 180, 365, getvariable('win_window')]) as days
)
select
  wanted.days,
  (select sum(deals) from outcome_days as later where later.days >= wanted.days)::bigint as "atRisk",
  max_by(won_share, outcome_days.days) as "won.value",
  max_by(lost_share, outcome_days.days) as "lost.value",
  max_by(open_share, outcome_days.days) as open
from wanted join outcome_days on outcome_days.days <= wanted.days
group by wanted.days;

-- equals metrics.outcomeOverTime.plateau
select days, at_risk::bigint as "atRisk", won_share as "won.value", lost_share as "lost.value", open_share as open
from outcome_days
where at_risk >= 10
order by days desc
limit 1;
