-- The table of deals and the log of their stages, each read once.
create table listed as
select row_number() over () as deal, * from read_csv(getvariable('deals'));

create table log as
select "Opportunity ID" as id, changes."Stage" as stage_text, "Changed At" as changed_at, listed.deal, stages.position
from read_csv(getvariable('history')) as changes
left join (select deal, "Opportunity ID" from listed) as listed using ("Opportunity ID")
left join stages on stages.label = changes."Stage";

-- The stays of the deals: rows that say the same stage again are no change. A stay ends where the next one begins.
create table stays as
with changes as (
  select deal, position, changed_at
  from log
  where deal is not null and position is not null and changed_at is not null and changed_at::date <= getvariable('today')
  qualify position is distinct from lag(position) over (partition by deal order by changed_at)
)
select
  deal, position, changed_at,
  lead(changed_at) over visits as until,
  lead(position) over visits as next_position,
  row_number() over visits = 1 as is_first
from changes
window visits as (partition by deal order by changed_at);

-- Where the log leaves each deal, and the furthest stage it was in.
create table reached as
select
  deal,
  max(position) filter (where until is null) as position,
  max(changed_at) filter (where until is null) as changed_at,
  max(position) filter (where position < 8) as furthest
from stays
group by deal;

create table deals as
select
  listed.deal,
  "Opportunity ID" as id,
  "Opportunity Name" as name,
  "Account Name" as account,
  listed."Stage" as stage_text,
  "Amount" as amount,
  'XXX' as currency,
  "Created Date" as created,
  "Close Date" as close,
  "Opportunity Owner" as owner,
  "Lead Source" as source,
  stages.position,
  stages.stage,
  stages.kind,
  stages.chance,
  reached.furthest,
  stages.position >= 6 and stages.kind <> 'lost' as must_have,
  must_have or coalesce(stages.kind = 'lost' and reached.furthest >= 6, false) as asked_for,
  case when stages.kind in ('won', 'lost') then coalesce(reached.changed_at::date, "Close Date") end as closed
from listed
left join reached on reached.deal = listed.deal
left join stages as now on now.label = listed."Stage"
left join stages on stages.position = coalesce(reached.position, now.position);
