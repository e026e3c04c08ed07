import { AS_OF, AS_OF_MILLIS, DAY, isoDay } from './calendar.js';
import { jsonFile, toCsv, utf8 } from './csv.js';
import { ENGLISH_PEOPLE, englishCompanies } from './names.js';
import { createChance } from './random.js';

const ROWS = 40;
const STAGES = ['Prospect', 'Proposal', 'Proposal', 'Negotiation', 'Negotiation', 'Won'];
const TIERS = ['Gold', 'Silver', 'Bronze', 'Silver', ''];
const LIMITS = new Map([
  ['Gold', 30],
  ['Silver', 20],
]);
const OTHERWISE = 10;
/** Rows over the limit of their tier, and what became of the approval. */
const LARGE = new Map([
  [5, { over: 5, approval: 'Approved' }],
  [11, { over: 2.5, approval: '' }],
  [17, { over: 15, approval: 'Pending' }],
  [24, { over: 10, approval: '' }],
  [30, { over: 10, approval: 'Approved' }],
  [38, { over: 5, approval: 'Rejected' }],
]);

function discountOf(index, tier, stage, chance) {
  const limit = LIMITS.get(tier) ?? OTHERWISE;
  const large = LARGE.get(index);
  if (large !== undefined) return `${limit + large.over}%`;
  // Every third stands right at the limit, which is not over it.
  return stage === 'Prospect' ? '' : `${index % 3 === 0 ? limit : chance.integer(0, limit)}%`;
}

/** A list kept by hand whose customers have tiers, each with a limit on discounts of its own. */
export function ownKindSample() {
  const chance = createChance(20261105);
  const companies = englishCompanies(chance, ROWS);
  const overLimit = [];
  const rows = companies.map((account, index) => {
    const id = `D-${2001 + index}`;
    const stage = STAGES[index % STAGES.length];
    const tier = TIERS[index % TIERS.length];
    const large = LARGE.get(index);
    if (large !== undefined && large.approval !== 'Approved') overLimit.push(id);
    const created = AS_OF_MILLIS - chance.integer(10, 80) * DAY;
    const close = stage === 'Won' ? created + 9 * DAY : AS_OF_MILLIS + chance.integer(5, 60) * DAY;
    return [
      id,
      `${account} - licences`,
      account,
      tier,
      stage,
      1000 * chance.integer(4, 60),
      discountOf(index, tier, stage, chance),
      large?.approval ?? '',
      ENGLISH_PEOPLE[index % 4],
      isoDay(created),
      isoDay(close),
    ];
  });
  const header = 'Deal ID,Deal name,Account,Tier,Stage,Amount,Discount,Approval,Owner,Created,Close date'.split(',');
  return new Map([
    ['own-kind/deals.csv', utf8(toCsv([header, ...rows], { quoteAll: false }))],
    ['own-kind/planted.json', jsonFile({ asOf: AS_OF, findings: { 'discount/over-limit': overLimit } })],
  ]);
}
