-- How far deals got, by present stage alone: a lost deal may have come from any stage.

-- equals metrics.conversion.stages[stage]
with here as (
  select stages.position, stages.stage, stages.kind, count(deals.position) as deals
  from stages left join deals using (position)
  group by all
),
beyond as (
  select
    position, stage, kind, deals,
    sum(deals) filter (where kind <> 'lost') over (order by position rows between current row and unbounded following) as reached,
    sum(deals) filter (where kind = 'lost') over () as lost
  from here
)
select
  stage,
  deals as "stillHere",
  (case when position = 0 then reached + lost else reached end)::bigint as "reachedLow",
  (reached + lost)::bigint as "reachedHigh"
from beyond
where kind = 'open';
