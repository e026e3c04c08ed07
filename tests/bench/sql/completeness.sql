-- Completeness: amount and close date, where the stage asks for them.

create view must_haves as
select *, 2 as required, (amount is not null)::int + (close is not null)::int as filled from deals where asked_for;

-- equals metrics.completeness
select
  sum(filled)::bigint as "pooled.filled",
  sum(required)::bigint as "pooled.required",
  avg(filled / required) as "dealMean.value",
  count(*) as "dealMean.deals"
from must_haves;

-- equals metrics.completeness.fields[field]
select 'amount' as field, count(amount) as count, count(*) as of from must_haves
union all
select 'close', count(close), count(*) from must_haves;

-- equals metrics.completeness.cells[field,stage]
select 'amount' as field, stage, count(amount) as count, count(*) as of from must_haves group by stage
union all
select 'close', stage, count(close), count(*) from must_haves group by stage;

-- equals metrics.completeness.stages[stage]
select
  stages.stage,
  count(deals.position) as deals,
  coalesce(sum((deals.amount is not null)::int + (deals.close is not null)::int) filter (where asked_for), 0)::bigint as filled,
  coalesce(sum(2) filter (where asked_for), 0)::bigint as required
from stages left join deals using (position)
group by stages.stage;

-- equals metrics.completeness.owners[owner]
select
  owner,
  count(*) as deals,
  coalesce(sum((amount is not null)::int + (close is not null)::int) filter (where asked_for), 0)::bigint as filled,
  2 * count(*) filter (where asked_for) as required
from deals
group by owner;

-- equals metrics.completeness.owners[owner].valueWeighted[currency]
select owner, currency, count(*) as deals, coalesce(sum(amount) filter (where close is not null), 0) / sum(amount) as value
from deals
where asked_for and amount > 0
group by all;

-- equals metrics.completeness.valueWeighted[currency]
select currency, count(*) as deals, sum(amount * filled / required) / sum(amount) as value
from must_haves
where amount > 0
group by currency;

-- part of metrics.completeness.fillRates[field]
with filled as (
  select count(*) as of, count(id) as id, count(name) as name, count(account) as account, count(stage_text) as stage,
    count(amount) as amount, count(created) as created, count(close) as close, count(owner) as owner, count(source) as source
  from deals
)
unpivot filled on id, name, account, stage, amount, created, close, owner, source into name field value count;
