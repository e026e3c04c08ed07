-- The file, read once into memory; what the stage means is looked up on the way.
-- must_have: amount and close date are required from the proposal on, and of won deals; asked_for: they were at some
-- stage the deal has been in, which a table without a history knows of the present one alone.
create table deals as
select
  "Opportunity ID" as id,
  "Opportunity Name" as name,
  "Account Name" as account,
  file."Stage" as stage_text,
  "Amount" as amount,
  coalesce("Amount Currency", 'XXX') as currency,
  "Probability (%)" as probability,
  "Created Date" as created,
  "Close Date" as close,
  "Last Modified Date" as modified,
  "Last Activity" as activity,
  "Opportunity Owner" as owner,
  "Lead Source" as source,
  "Type" as type,
  "Industry" as industry,
  "Region" as region,
  "Next Step" as next_step,
  "Forecast Category" as forecast_category,
  "Description" as description,
  "Campaign" as campaign,
  stages.position,
  stages.stage,
  stages.kind,
  stages.chance,
  stages.position >= 6 and stages.kind <> 'lost' as must_have,
  must_have as asked_for,
  case when stages.kind in ('won', 'lost') then "Close Date" end as closed
from read_csv(getvariable('deals')) as file
left join stages on stages.label = file."Stage";
