-- Time in stage: by Kaplan and Meier's estimate, visits that last counting as at least so long.

create table visits as
select
  deal, position, until is not null as has_ended,
  case when until is null then greatest(0, epoch_ms(getvariable('today')::timestamp - changed_at) / 86400000)
    else epoch_ms(until - changed_at) / 86400000 end as days
from stays
where position < 8;

create table survival as
with by_length as (
  select position, days, count(*) as visits, count(*) filter (where has_ended) as ended
  from visits
  group by all
),
at_risk as (
  select *, sum(visits) over (partition by position order by days desc) as at_risk from by_length
)
select position, days, exp(sum(ln(1 - ended / at_risk)) over (partition by position order by days)) as lasting
from at_risk
where ended < at_risk
union all
select position, days, 0 from at_risk where ended = at_risk;

create table typical as
select
  position,
  min(days) filter (where lasting <= 0.75) as p25,
  min(days) filter (where lasting <= 0.5) as median,
  min(days) filter (where lasting <= 0.25) as p75,
  min(days) filter (where lasting <= 0.1) as p90
from survival
group by position;

-- equals metrics.dwell.stages[stage]
with lengths as (
  select
    position,
    count(*) filter (where has_ended) as closed,
    count(*) filter (where not has_ended) as open,
    avg(days) filter (where has_ended) as mean,
    max(days) as longest,
    count(*) filter (where not has_ended and days > 1.5 * median) as stalled,
    count(*) - count(distinct deal) as re_entries
  from visits join typical using (position)
  group by position
)
select
  stages.stage,
  coalesce(closed, 0) as "closedVisits",
  coalesce(open, 0) as "openVisits",
  median as "medianDays", p25 as "p25Days", p75 as "p75Days", p90 as "p90Days",
  longest as "maxFollowUpDays",
  mean as "closedOnly.meanDays",
  coalesce(re_entries, 0) as "reEntries",
  1.5 * median as "thresholdDays",
  coalesce(stalled, 0) as "stalled.count",
  coalesce(open, 0) as "stalled.of"
from stages left join lengths using (position) left join typical using (position)
where stages.position < 8;

-- equals rules
select
  count(*) as "dwell/over-typical.checked",
  count(*) filter (where days > 1.5 * median) as "dwell/over-typical.violating"
from visits join typical using (position)
where not has_ended;
