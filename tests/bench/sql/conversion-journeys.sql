-- Stage conversion by the log: deals from their first entry into a stage to the first stage beyond it, to their loss, or
-- to today.

create table entries as
select deal, position, min(changed_at) as entered from stays where position < 8 group by all;

create table passages as
with beyond as (
  select entries.deal, entries.position, min(stays.changed_at) as advanced
  from entries join stays using (deal)
  where stays.changed_at > entries.entered and stays.position > entries.position and stays.position < 9
  group by all
)
select
  entries.deal, entries.position, advanced,
  case when advanced is null and reached.position = 9 then reached.changed_at end as lost,
  epoch_ms(advanced - entered) / 86400000 as days,
  greatest(0, epoch_ms(getvariable('today')::timestamp - entered) / 86400000) as follow_up
from entries
left join beyond using (deal, position)
join reached using (deal);

-- equals metrics.conversion.stages[stage]
with windows as (
  select position, ceil(quantile_cont(days, 0.9)) as given from passages where advanced is not null group by position
),
standing as (
  select
    position,
    count(*) as entries,
    count(advanced) as advanced,
    count(lost) as lost,
    any_value(given) as given,
    count(*) filter (where follow_up >= given) as matured,
    count(*) filter (where follow_up >= given and days <= given) as matured_advanced
  from passages left join windows using (position)
  group by position
),
visits as (
  select
    position,
    count(*) as visits,
    count(*) filter (where next_position = position + 1 and next_position < 8) as forward,
    count(*) filter (where next_position > position + 1 and next_position < 8) as skipped,
    count(*) filter (where next_position < position) as back,
    count(*) filter (where next_position = 8) as won,
    count(*) filter (where next_position = 9) as lost,
    count(*) filter (where next_position is null) as open
  from stays
  where position < 8
  group by position
)
select
  stages.stage,
  coalesce(visits, 0) as visits,
  coalesce(entries, 0) as entries,
  coalesce(visits - entries, 0) as "reEntries",
  coalesce(forward, 0) as "exits.forward",
  coalesce(skipped, 0) as "exits.skipForward",
  coalesce(back, 0) as "exits.backward",
  coalesce(visits.won, 0) as "exits.won",
  coalesce(visits.lost, 0) as "exits.lost",
  coalesce(open, 0) as "exits.open",
  coalesce(advanced, 0) as advanced,
  coalesce(standing.lost, 0) as "lostHere",
  coalesce(entries - advanced - standing.lost, 0) as pending,
  given as "windowDays",
  matured_advanced as "matured.count",
  matured as "matured.of"
from stages left join visits using (position) left join standing using (position)
where stages.position < 8;

-- equals rules
select
  count(*) filter (where position in (select position from passages group by position having count(advanced) + count(lost) >= 20))
    as "conversion/small-sample.checked"
from passages;

-- part of metrics.conversion.ladder[stage]
-- Deals that got to a stage or beyond; won deals got to all.
select stages.stage, count(*) as reached
from stages join (
  select if(position = 8, 8, furthest) as got_to from reached where furthest is not null or position = 8
) on got_to >= stages.position
where stages.position < 8
group by stages.stage;
