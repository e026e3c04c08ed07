-- equals rules
-- Words that people type instead of leaving a field empty.
select
  (select count(*) from deals) as "field/placeholder.checked",
  count(*) as "field/placeholder.violating"
from deals
where is_placeholder(id) or is_placeholder(name) or is_placeholder(account) or is_placeholder(stage_text)
  or is_placeholder(owner) or is_placeholder(source);
