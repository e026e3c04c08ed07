-- The rules about the change log.

-- equals rules
select
  count(created) as "input/stale-export.checked",
  getvariable('today') - greatest(
    max(created) filter (where created <= getvariable('today')),
    (select max(changed_at)::date from log where changed_at::date <= getvariable('today'))
  ) as "input/stale-export.figure.value",
  count(*) as "date/implausible.checked",
  count(*) filter (where created > getvariable('today')) as "date/implausible.violating",
  count(*) as "link/deal-without-history.checked",
  count(*) filter (where furthest is null and deal not in (select deal from stays)) as "link/deal-without-history.violating",
  count(*) as "process/closed-without-history.checked",
  count(*) filter (where kind in ('won', 'lost') and deal not in (select deal from stays)) as "process/closed-without-history.violating"
from deals;

-- equals rules
select
  count(*) as "process/log-row-unused.checked",
  count(*) filter (where position is null or changed_at is null) as "process/log-row-unused.violating"
from log;

-- equals rules
-- By deal, whether one of its moves is such. Stages 0 to 7 are open, 8 is won, 9 lost.
with moves as (
  select
    deal,
    bool_or(position < 8 and (next_position < 8 and next_position > position + 1 or next_position = 8 and position <> 7)) as skips,
    bool_or(position < 8 and next_position < position) as goes_back,
    bool_or(position >= 8 and next_position < 8) as reopens,
    bool_or(is_first and position in (6, 7)) as starts_late,
    bool_or(position < 8 and until - changed_at < interval 1 minute) as is_instant
  from stays
  group by deal
)
select
  count(*) as "process/skipped-stage.checked",
  count(*) filter (where skips) as "process/skipped-stage.violating",
  count(*) as "process/moved-back.checked",
  count(*) filter (where goes_back) as "process/moved-back.violating",
  count(*) as "process/reopened.checked",
  count(*) filter (where reopens) as "process/reopened.violating",
  count(*) as "process/created-late.checked",
  count(*) filter (where starts_late) as "process/created-late.violating",
  count(*) as "process/instant-move.checked",
  count(*) filter (where is_instant) as "process/instant-move.violating"
from moves;

-- equals rules
select
  count(*) as "process/history-gap.checked",
  count(*) filter (where stages.position <> reached.position) as "process/history-gap.violating"
from reached join deals using (deal) join stages on stages.label = deals.stage_text;

-- part of rules{rule}.amount{currency}
select 'date/close-past-due' as rule, currency, sum(amount) as amount from deals
where kind = 'open' and close < getvariable('today') group by all having count(amount) > 0;
