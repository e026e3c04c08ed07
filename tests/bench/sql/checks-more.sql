-- The rules that need the columns a full export has beside.

-- equals rules
-- Days since anything was changed, up to the day of the audit.
select
  count(*) filter (where least(created, modified::date, activity) <= getvariable('today')) as "input/stale-export.checked",
  getvariable('today') - max(greatest(
    case when created <= getvariable('today') then created end,
    case when modified::date <= getvariable('today') then modified::date end,
    case when activity <= getvariable('today') then activity end
  )) as "input/stale-export.figure.value"
from deals;

-- equals rules
-- Dates that cannot be, and deals that nobody has touched.
select
  count(created) as "date/implausible.checked",
  count(*) filter (where created > getvariable('today') or coalesce(modified::date, created) > getvariable('today'))
    as "date/implausible.violating",
  count(activity) as "date/activity-in-future.checked",
  count(*) filter (where activity is null) as "date/activity-in-future.unknown",
  count(*) filter (where activity > getvariable('today')) as "date/activity-in-future.violating",
  count(*) filter (where kind = 'open') as "deal/dormant.checked",
  count(*) filter (
    where kind = 'open' and coalesce(greatest(activity, modified::date), created) < getvariable('today') - 30
  ) as "deal/dormant.violating"
from deals;

-- equals rules
-- Probabilities, in percent; a default may be missed by ten points.
select
  count(probability) filter (where kind = 'open') as "deal/open-probability-extreme.checked",
  count(*) filter (where kind = 'open' and (probability <= 0 or probability >= 100)) as "deal/open-probability-extreme.violating",
  count(probability) filter (where kind in ('won', 'lost')) as "deal/closed-probability-wrong.checked",
  count(*) filter (where (kind = 'won' and probability <> 100) or (kind = 'lost' and probability <> 0))
    as "deal/closed-probability-wrong.violating",
  count(probability) filter (where kind = 'open') as "deal/probability-off-stage.checked",
  count(*) filter (where kind = 'open' and abs(probability - 100 * chance) > 10) as "deal/probability-off-stage.violating"
from deals;

-- equals rules
-- Words that people type instead of leaving a field empty.
select
  (select count(*) from deals) as "field/placeholder.checked",
  count(*) as "field/placeholder.violating"
from deals
where is_placeholder(id) or is_placeholder(name) or is_placeholder(account) or is_placeholder(stage_text)
  or is_placeholder(currency) or is_placeholder(owner) or is_placeholder(source) or is_placeholder(type)
  or is_placeholder(industry) or is_placeholder(region) or is_placeholder(next_step)
  or is_placeholder(forecast_category) or is_placeholder(description);

-- part of rules{rule}.amount{currency}
-- What the failing deals are worth, but for duplicates.
unpivot (
  select
    currency,
    sum(amount) filter (where stage_text is not null and stage is null) as "stage/unknown",
    sum(amount) filter (where must_have and close is null) as "field/required-missing",
    sum(amount) filter (where owner is null) as "owner/missing",
    sum(amount) filter (where account is null) as "deal/no-account",
    sum(amount) filter (where source is null) as "field/source-missing",
    sum(amount) filter (where kind in ('open', 'won') and amount <= 0) as "deal/amount-not-positive",
    sum(amount) filter (where kind = 'open' and close < getvariable('today')) as "date/close-past-due",
    sum(amount) filter (where kind in ('won', 'lost') and close is null) as "date/closed-without-date",
    sum(amount) filter (where kind in ('won', 'lost') and created > close) as "date/created-after-closed",
    sum(amount) filter (where created > getvariable('today') or coalesce(modified::date, created) > getvariable('today')) as "date/implausible",
    sum(amount) filter (where activity > getvariable('today')) as "date/activity-in-future",
    sum(amount) filter (
      where kind = 'open' and coalesce(greatest(activity, modified::date), created) < getvariable('today') - 30
    ) as "deal/dormant",
    sum(amount) filter (where kind = 'open' and (probability <= 0 or probability >= 100)) as "deal/open-probability-extreme",
    sum(amount) filter (where (kind = 'won' and probability <> 100) or (kind = 'lost' and probability <> 0))
      as "deal/closed-probability-wrong",
    sum(amount) filter (where kind = 'open' and abs(probability - 100 * chance) > 10) as "deal/probability-off-stage"
  from deals
  group by currency
) on columns(* exclude (currency)) into name rule value amount;
