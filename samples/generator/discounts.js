import { AS_OF, AS_OF_MILLIS, DAY, isoDay } from './calendar.js';
import { jsonFile, toCsv, utf8 } from './csv.js';
import { ENGLISH_PEOPLE, englishCompanies } from './names.js';
import { createChance } from './random.js';

const ROWS = 48;
const STAGES = ['Prospect', 'Proposal', 'Proposal', 'Negotiation', 'Negotiation', 'Won'];
/** Rows that a rep has given more than 20 % on, and what became of the approval. */
const LARGE = new Map([
  [6, { discount: 25, approval: 'Approved' }],
  [13, { discount: 30, approval: '' }],
  [21, { discount: 22.5, approval: 'Pending' }],
  [34, { discount: 35, approval: 'Approved' }],
  [41, { discount: 40, approval: '' }],
]);
/** At the limit, which is not over it. */
const AT_LIMIT = 17;

/** A list a sales team keeps by hand, with a column for discounts and one for their approval. */
export function discountsSample() {
  const chance = createChance(20261104);
  const companies = englishCompanies(chance, ROWS);
  const unapproved = [];
  const rows = companies.map((account, index) => {
    const id = `D-${1001 + index}`;
    const stage = STAGES[index % STAGES.length];
    const large = LARGE.get(index);
    const small = stage === 'Prospect' ? '' : `${index === AT_LIMIT ? 20 : 5 * chance.integer(0, 3)}%`;
    if (large !== undefined && large.approval !== 'Approved') unapproved.push(id);
    const created = AS_OF_MILLIS - chance.integer(10, 80) * DAY;
    const close = stage === 'Won' ? created + 9 * DAY : AS_OF_MILLIS + chance.integer(5, 60) * DAY;
    return [
      id,
      `${account} - renewal`,
      account,
      stage,
      1000 * chance.integer(4, 60),
      large === undefined ? small : `${large.discount}%`,
      large?.approval ?? '',
      ENGLISH_PEOPLE[index % 4],
      isoDay(created),
      isoDay(close),
    ];
  });
  const header = 'Deal ID,Deal name,Account,Stage,Amount,Discount,Approval,Owner,Created,Close date'.split(',');
  return new Map([
    ['discounts/deals.csv', utf8(toCsv([header, ...rows], { quoteAll: false }))],
    ['discounts/planted.json', jsonFile({ asOf: AS_OF, findings: { 'discount/approved': unapproved } })],
  ]);
}
