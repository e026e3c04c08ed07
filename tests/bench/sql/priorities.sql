-- Whom to call first: points of the open deals, the first hundred.

-- equals metrics.priorityList.deals[deal]
with past_customers as (
  select account from customers where customer in (select customer from buyers)
),
big as (
  select currency, quantile_cont(amount, 0.75) as amount from deals where kind = 'open' and amount > 0 group by currency
),
touched as (
  select
    *,
    getvariable('today') - greatest(
      case when activity <= getvariable('today') then activity end,
      case when modified::date <= getvariable('today') then modified::date end
    ) as idle
  from deals
  where kind = 'open'
),
scored as (
  select
    touched.*,
    if(account in (from past_customers), 3, 0)
      + case when idle <= 7 then 3 when idle <= 30 then 1 else 0 end
      + if(close between getvariable('today') and getvariable('today') + 30, 2, 0)
      + if(touched.amount >= big.amount, 2, 0) as points
  from touched left join big using (currency)
)
select id as deal, points from scored order by points desc, id limit 100;
