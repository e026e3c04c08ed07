-- The funnel: deals and amounts by stage and by what stages mean; and how far deals got, by present stage alone.

-- equals metrics.funnel.stages[stage]
select stages.stage, stages.kind, count(deals.position) as deals, count(deals.amount) as "dealsWithAmount"
from stages left join deals using (position)
group by stages.stage, stages.kind;

-- equals metrics.funnel.stages[stage].amounts{currency}
select stage, currency, sum(amount) as amount from deals where stage is not null group by all having count(amount) > 0;

-- part of metrics.funnel.kinds{kind}
select coalesce(kind, 'unknown') as kind, count(*) as deals, count(amount) as "dealsWithAmount" from deals group by 1;

-- part of metrics.funnel.kinds{kind}.amounts{currency}
select coalesce(kind, 'unknown') as kind, currency, sum(amount) as amount from deals group by all having count(amount) > 0;
