import { AS_OF, AS_OF_MILLIS, DAY, dayOf, isoDay, quarterOf } from './calendar.js';
import { jsonFile, toCsv, utf8 } from './csv.js';
import { createDeals } from './deals.js';
import { closedStage, openStage } from './funnel-stage.js';
import { ENGLISH_PEOPLE, englishCompanies } from './names.js';
import { createChance } from './random.js';

/** @type {import('./journeys.js').Funnel} */
const FUNNEL = {
  stages: [
    openStage('qualified', 'Qualified', 0.1, 14, 0.62),
    openStage('demo', 'Demo', 0.3, 18, 0.7),
    openStage('proposal', 'Proposal', 0.5, 22, 0.72),
    openStage('negotiation', 'Negotiation', 0.8, 15, 0.75),
    closedStage('won', 'Won', 'won', []),
    closedStage('lost', 'Lost', 'lost', []),
  ],
  proposal: 'proposal',
  amountsFrom: 0,
  skips: 0.08,
  returns: 0.05,
  reopens: 0.03,
};
/** Mondays are for the pipeline meeting, so the list is exported the day before. */
const DAYS = [AS_OF_MILLIS - 14 * DAY, AS_OF_MILLIS - 7 * DAY, AS_OF_MILLIS];
const PRODUCTS = ['Core', 'Core', 'Analytics', 'Support'];
const SOURCES = ['Website', 'Partner', 'Event', 'Outbound'];

/** @returns {import('./deals.js').Story} */
function story(chance) {
  const companies = englishCompanies(chance, 160);
  const qualities = [1.15, 1.05, 1, 0.95, 0.85];
  return {
    funnel: FUNNEL,
    count: 260,
    firstDay: Date.UTC(2025, 9, 1),
    medianAmount: 18_000,
    amountStep: 250,
    owners: qualities.map((quality, index) => ({ name: ENGLISH_PEOPLE[4 + index], quality, weight: 1 })),
    sources: SOURCES.map((name, index) => ({ name, quality: 1.1 - index * 0.07, weight: 4 - index })),
    lossReasons: [{ name: 'not exported', weight: 1 }],
    types: [{ name: 'not exported', weight: 1 }],
    id: (draw) => `OP-${draw.integer(10_000, 99_999)}`,
    title: (draw, created) => {
      const account = draw.pick(companies);
      const product = draw.pick(PRODUCTS);
      return { account, name: `${account} - ${product} ${quarterOf(created)}`, extra: product };
    },
  };
}

/** The stage of a deal on a day; null before it was created. */
function stageOn(deal, day) {
  const stay = deal.stays.findLast(({ at }) => at < day + DAY);
  return stay === undefined ? null : FUNNEL.stages.find(({ id }) => id === stay.stage);
}

/** The close date as it stood on a day: what a rep promises moves on when it has passed, a week or two at a time. */
function closeOn(deal, day, stage) {
  if (stage.kind !== 'open') return dayOf(deal.stays.findLast(({ at }) => at < day + DAY).at);
  let close = deal.promised;
  while (close < day - deal.patienceDays * DAY) close += deal.pushDays * DAY;
  return close;
}

/** What only this list has: what a rep promises, when it is put off, and a discount that is given late. */
function withPromises(chance, deal) {
  return {
    ...deal,
    promised: dayOf(deal.created) + chance.integer(40, 150) * DAY,
    patienceDays: chance.integer(0, 9),
    pushDays: chance.integer(7, 45),
    discountFrom: AS_OF_MILLIS - chance.integer(-60, 20) * DAY,
    discount: chance.happens(0.25) ? chance.integer(5, 20) / 100 : 0,
    droppedFrom: chance.happens(0.02) ? AS_OF_MILLIS - chance.integer(0, 13) * DAY : Number.POSITIVE_INFINITY,
  };
}

function amountOn(deal, day) {
  const share = day >= deal.discountFrom ? 1 - deal.discount : 1;
  return Math.round(deal.agreedAmount * share);
}

/** One deal as the list shows it on a day; null where it is not in the list. */
function rowOn(deal, day) {
  const stage = stageOn(deal, day);
  if (stage === null || day >= deal.droppedFrom) return null;
  return {
    id: deal.id,
    deal,
    stage,
    amount: amountOn(deal, day),
    close: closeOn(deal, day, stage),
  };
}

const HEADER = 'Deal ID,Deal name,Account,Stage,Amount,Currency,Probability,Owner,Source,Product,Created,Close date';

function cells({ id, deal, stage, amount, close }) {
  const probability = `${Math.round(100 * stage.probability)}%`;
  const dates = [isoDay(deal.created), isoDay(close)];
  return [
    id,
    deal.name,
    deal.account,
    stage.text,
    amount,
    'USD',
    probability,
    deal.owner,
    deal.source,
    deal.extra,
    ...dates,
  ];
}

/** What happened between two exports, deal by deal. */
function changesBetween(before, after) {
  const earlier = new Map(before.map((row) => [row.id, row]));
  const later = new Map(after.map((row) => [row.id, row]));
  const both = after.flatMap((row) => {
    const was = earlier.get(row.id);
    return was === undefined ? [] : [{ was, row }];
  });
  const idsOf = (pairs) => pairs.map(({ row }) => row.id).sort();
  const isStillOpen = ({ was, row }) => was.stage.kind === 'open' && row.stage.kind === 'open';
  return {
    new: after
      .filter(({ id }) => !earlier.has(id))
      .map(({ id }) => id)
      .sort(),
    gone: before
      .filter(({ id }) => !later.has(id))
      .map(({ id }) => id)
      .sort(),
    won: idsOf(both.filter(({ was, row }) => was.stage.kind !== 'won' && row.stage.kind === 'won')),
    lost: idsOf(both.filter(({ was, row }) => was.stage.kind !== 'lost' && row.stage.kind === 'lost')),
    pushed: idsOf(both.filter((pair) => isStillOpen(pair) && pair.row.close > pair.was.close)),
    lowered: idsOf(both.filter((pair) => isStillOpen(pair) && pair.row.amount < pair.was.amount)),
  };
}

/** Three weekly exports of one list: deals come, move, are put off, discounted, won, lost and deleted. */
export function weeklySample() {
  const chance = createChance(20261105);
  const deals = createDeals(chance, story(chance)).map((deal) => withPromises(chance, deal));
  const exports = DAYS.map((day) => deals.flatMap((deal) => rowOn(deal, day) ?? []));
  const files = DAYS.map((day, index) => [
    `weekly/deals-${isoDay(day)}.csv`,
    utf8(toCsv([HEADER.split(','), ...exports[index].map(cells)], { quoteAll: false })),
  ]);
  const [, before, after] = exports;
  return new Map([
    ...files,
    ['weekly/planted.json', jsonFile({ asOf: AS_OF, lastWeek: changesBetween(before, after) })],
  ]);
}
