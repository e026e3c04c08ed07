-- Scorecards of owners, and of sources and regions.

create view cards as
select
  field, value, deals,
  open as "open.deals", open_with_amount as "open.dealsWithAmount",
  won as "won.deals", won_with_amount as "won.dealsWithAmount",
  lost as "lost.deals", lost_with_amount as "lost.dealsWithAmount",
  won as "winRate.count", won + lost as "winRate.of",
  matured_won as "comparedRate.count", matured as "comparedRate.of",
  cycles as "cycle.deals", median_cycle as "cycle.medianDays",
  past_due as "pastDue.count", due as "pastDue.of",
  filled as "completeness.count", required as "completeness.of"
from segments;

-- within metrics.ownerScorecards.owners.cards[value]
select * exclude (field) from cards where field = 'owner';

-- equals metrics.ownerScorecards.others[field].cards[value]
select * from cards where field <> 'owner';

-- within metrics.ownerScorecards.owners.cards[value].open.amounts{currency}
select value, currency, amount from segment_amounts where field = 'owner' and kind = 'open';

-- within metrics.ownerScorecards.owners.cards[value].lost.amounts{currency}
select value, currency, amount from segment_amounts where field = 'owner' and kind = 'lost';

-- within metrics.ownerScorecards.owners.cards[value].wonByQuarter[quarter]
with cells as (
  select owner as value, quarter_of(close) as quarter, count(*) as deals from deals
  where kind = 'won' and owner is not null group by all
),
quarters as (
  select quarter_of((date_trunc('quarter', getvariable('today')) - to_months(3 * back::int))::date) as quarter
  from range(8) as steps(back)
)
select owners.value, quarter, coalesce(cells.deals, 0) as deals
from (select value from segments where field = 'owner') as owners cross join quarters left join cells using (value, quarter);

-- within metrics.ownerScorecards.owners.cards[value]
select
  owner as value,
  count(activity) filter (where kind = 'open') as "idle.deals",
  quantile_cont(greatest(0, getvariable('today') - activity), 0.5) filter (where kind = 'open' and activity is not null) as "idle.medianDays"
from deals
where owner is not null
group by owner;
