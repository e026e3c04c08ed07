-- Accounts as the customers they are: spellings of one name are one customer.
create table customers as
select account, deals, customer, min(account) over (partition by customer) as name
from (
  select account, count(*) as deals, plain_name(account) as customer from deals where account is not null group by account
);
