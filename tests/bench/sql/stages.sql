-- The stage list of the pack that the audit recognises (rules/salesforce.yaml).
create table stages as
select * from (values
  (0, 'prospecting', 'Prospecting', 'open', 0.10),
  (1, 'qualification', 'Qualification', 'open', 0.10),
  (2, 'needs-analysis', 'Needs Analysis', 'open', 0.20),
  (3, 'value-proposition', 'Value Proposition', 'open', 0.50),
  (4, 'id-decision-makers', 'Id. Decision Makers', 'open', 0.60),
  (5, 'perception-analysis', 'Perception Analysis', 'open', 0.70),
  (6, 'proposal-price-quote', 'Proposal/Price Quote', 'open', 0.75),
  (7, 'negotiation-review', 'Negotiation/Review', 'open', 0.90),
  (8, 'closed-won', 'Closed Won', 'won', 1.00),
  (9, 'closed-lost', 'Closed Lost', 'lost', 0.00)
) as list (position, stage, label, kind, chance);
