-- The rules that need no more than the columns every export has: how many deals were checked, and how many fail.

-- equals rules
-- The columns an audit needs, and the dates that tell day and month apart: those read as dates.
select
  5 as "input/column-missing.checked",
  5 - count(*) filter (where table_name = 'deals' and column_name in ('id', 'stage', 'amount', 'owner', 'close')) as "input/column-missing.violating",
  1 as "input/no-stage-column.checked",
  1 - count(*) filter (where table_name = 'deals' and column_name = 'stage') as "input/no-stage-column.violating",
  count(*) filter (where data_type in ('DATE', 'TIMESTAMP') and column_name <> 'closed') as "input/dates-ambiguous.checked",
  0 as "input/dates-ambiguous.violating"
from duckdb_columns()
where table_name in ('deals', 'log');

-- equals rules
-- The file. A load that went through has no broken row and no cell that is not of the type of its column.
select
  count(*) as "input/broken-rows.checked",
  0 as "input/broken-rows.violating",
  count(*) as "field/unreadable.checked",
  0 as "field/unreadable.violating",
  count(*) as "input/footer-rows.checked",
  count(*) filter (where id ilike 'total%' or id ilike 'grand total%' or starts_with(id, '合计')) as "input/footer-rows.violating",
  1 as "input/truncated.checked",
  (count(*) in (2000, 50000) or count(*) + 1 in (65536, 1048576))::int as "input/truncated.violating",
  count(id) as "input/ids-damaged.checked",
  count(*) filter (where regexp_full_match(id, '\d([.,]\d+)?[Ee]\+\d+' ) or regexp_full_match(id, '\d{15}0+'))
    as "input/ids-damaged.violating"
from deals;

-- equals rules
-- Stages.
select
  count(stage_text) as "stage/unknown.checked",
  count(*) filter (where stage_text is not null and stage is null) as "stage/unknown.violating",
  count(stage) as "stage/label-variant.checked",
  count(*) filter (where stage_text <> trim(stage_text)) as "stage/label-variant.violating"
from deals;

-- equals rules
-- What has to be filled in, and what amounts and dates may be. An unknown value is neither right nor wrong.
select
  count(*) filter (where must_have) as "field/required-missing.checked",
  count(*) filter (where must_have and close is null) as "field/required-missing.violating",
  count(*) as "owner/missing.checked",
  count(*) filter (where owner is null) as "owner/missing.violating",
  count(*) as "deal/no-account.checked",
  count(*) filter (where account is null) as "deal/no-account.violating",
  count(*) as "field/source-missing.checked",
  count(*) filter (where source is null) as "field/source-missing.violating",
  count(*) filter (where must_have) as "deal/amount-missing.checked",
  count(*) filter (where must_have and amount is null) as "deal/amount-missing.violating",
  count(amount) filter (where kind in ('open', 'won')) as "deal/amount-not-positive.checked",
  count(*) filter (where kind in ('open', 'won') and amount <= 0) as "deal/amount-not-positive.violating",
  count(*) filter (where kind in ('open', 'won') and amount is null) as "deal/amount-not-positive.unknown",
  count(*) filter (where kind = 'lost') as "win/lost-amounts-zero.checked",
  count(*) filter (where kind = 'lost' and amount > 0) as "win/lost-amounts-zero.figure.count",
  count(*) filter (where kind in ('won', 'lost')) as "input/no-lost-deals.checked",
  count(*) filter (where kind = 'lost') as "input/no-lost-deals.figure.count",
  count(close) filter (where kind = 'open') as "date/close-past-due.checked",
  count(*) filter (where kind = 'open' and close < getvariable('today')) as "date/close-past-due.violating",
  count(*) filter (where kind in ('won', 'lost')) as "date/closed-without-date.checked",
  count(*) filter (where kind in ('won', 'lost') and close is null) as "date/closed-without-date.violating",
  count(*) filter (where kind in ('won', 'lost') and created is not null and close is not null) as "date/created-after-closed.checked",
  count(*) filter (where kind in ('won', 'lost') and created > close) as "date/created-after-closed.violating",
  count(*) filter (where asked_for) * 2 as "field/completeness-low.checked",
  0 as "field/completeness-low.violating"
from deals;

-- equals rules.field/completeness-low.segments[segment]
-- Completeness of the fields that must be filled in.
select 'amount' as segment, count(amount) as "figure.count", count(*) as "figure.of" from deals where asked_for
union all
select 'close', count(close), count(*) from deals where asked_for;

-- equals rules
-- Currencies; without a column there is no mixture.
select
  count(amount) as "pipeline/currency-mixed.checked",
  count(distinct currency) filter (where amount is not null and currency <> 'XXX') as "pipeline/currency-mixed.figure.value"
from deals;

-- equals rules
-- An id in several rows.
select
  sum(deals)::bigint as "duplicate/id.checked",
  coalesce(sum(deals) filter (where deals > 1), 0)::bigint as "duplicate/id.violating"
from (select count(*) as deals from deals where id is not null group by id);

-- equals rules
-- A deal in several rows: the same account, name and amount.
select
  sum(deals)::bigint as "duplicate/deal.checked",
  coalesce(sum(deals) filter (where deals > 1), 0)::bigint as "duplicate/deal.violating"
from (
  select count(*) as deals
  from deals
  where account is not null and name is not null and amount is not null
  group by account, name, amount
);

-- equals rules
-- A customer whose account goes by several spellings; the most frequent one is right, where there is one.
with spellings as (
  select
    deals,
    count(*) over customer as spellings,
    max(deals) over customer as most,
    count(*) over (partition by customer, deals) as as_frequent
  from customers
  window customer as (partition by customer)
)
select
  sum(deals)::bigint as "duplicate/account.checked",
  coalesce(sum(deals) filter (where spellings > 1 and (deals < most or as_frequent > 1)), 0)::bigint as "duplicate/account.violating"
from spellings;
