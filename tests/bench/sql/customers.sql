-- Accounts as the customers they are: spellings of one name are one customer.
create table customers as
select account, deals, plain_name(account) as customer
from (select account, count(*) as deals from deals where account is not null group by account);
