import { AS_OF_MILLIS, DAY, dayOf } from './calendar.js';

/** @typedef {import('./deals.js').Deal} Deal @typedef {import('./journeys.js').Funnel} Funnel */

const isOpen = (deal) => deal.stage?.kind === 'open';
const isWon = (deal) => deal.stage?.kind === 'won';
const isLost = (deal) => deal.stage?.kind === 'lost';
const isClosed = (deal) => isWon(deal) || isLost(deal);

/**
 * The definitions of the rules once more, over deals instead of cells. They serve to prove that the faults planted are
 * all the faults there are.
 *
 * @type {Readonly<Record<string, (deal: Deal, funnel: Funnel, counts: Counts) => number | boolean>>}
 */
const DEFINITIONS = {
  'date/close-past-due': (deal) => isOpen(deal) && deal.close !== null && deal.close < AS_OF_MILLIS,
  'date/closed-without-date': (deal) => isClosed(deal) && deal.close === null,
  'date/created-after-closed': (deal) => isClosed(deal) && deal.close !== null && dayOf(deal.created) > deal.close,
  'deal/amount-missing': (deal, funnel) => deal.amount === null && hasComeTo(deal, funnel, funnel.proposal),
  'deal/amount-not-positive': (deal) => (isOpen(deal) || isWon(deal)) && deal.amount !== null && deal.amount <= 0,
  'deal/closed-probability-wrong': (deal) =>
    (isWon(deal) && deal.probability !== 1) || (isLost(deal) && deal.probability !== 0),
  'deal/dormant': (deal) => isOpen(deal) && Math.max(deal.modified, deal.activity) < AS_OF_MILLIS - 30 * DAY,
  'deal/open-probability-extreme': (deal) => isOpen(deal) && (deal.probability === 0 || deal.probability === 1),
  'duplicate/deal': (deal, _, counts) => (counts.deals.get(dealKey(deal)) ?? 0) > 1,
  'duplicate/id': (deal, _, counts) => (counts.ids.get(deal.id) ?? 0) > 1,
  'field/required-missing': (deal, funnel) => missesRequired(deal, funnel),
  'field/unreadable': (deal) =>
    Number(deal.amount === null && deal.amountText !== null) + Number(deal.close === null && deal.closeText !== null),
  'owner/missing': (deal) => deal.owner === '',
  'stage/label-variant': (deal) => deal.stage !== null && deal.stageText !== deal.stage.text,
  'stage/unknown': (deal) => deal.stage === null,
  'win/loss-reason-missing': (deal) => isLost(deal) && deal.lossReason === '',
};

/** @typedef {{ ids: Map<string, number>, deals: Map<string | null, number> }} Counts */

/** Null where a part is missing, for then nothing can be the same. */
const dealKey = (deal) => (deal.amount === null ? null : JSON.stringify([deal.account, deal.name, deal.amount]));

/** An open deal at or beyond the stage, and a won one; where a lost deal was lost is not in its stage. */
function hasComeTo(deal, funnel, stageId) {
  if (deal.stage === null || isLost(deal)) return false;
  const index = funnel.stages.findIndex((stage) => stage.id === stageId);
  return isWon(deal) || funnel.stages.indexOf(deal.stage) >= index;
}

/** Fields that the stages require; the amount and the reason of a loss have rules of their own. */
function missesRequired(deal, funnel) {
  if (deal.stage === null) return false;
  const cameFrom = funnel.stages.filter((stage) => stage.kind === 'open' && hasComeTo(deal, funnel, stage.id));
  const fields = new Set([...cameFrom, deal.stage].flatMap((stage) => stage.require));
  return fields.has('close') && deal.close === null;
}

function countBy(deals, keyOf) {
  const counts = new Map();
  for (const deal of deals) counts.set(keyOf(deal), (counts.get(keyOf(deal)) ?? 0) + 1);
  counts.delete(null);
  return counts;
}

/**
 * Rule id → deal ids by the definitions, one entry a row and cell, ids sorted. A rule that finds nothing has an empty list.
 *
 * @param {readonly Deal[]} deals
 * @param {Funnel} funnel
 * @returns {Record<string, string[]>}
 */
export function expectedFindings(deals, funnel) {
  const counts = { ids: countBy(deals, (deal) => deal.id), deals: countBy(deals, dealKey) };
  const entries = Object.entries(DEFINITIONS).map(([rule, test]) => {
    const ids = deals.flatMap((deal) => Array(Number(test(deal, funnel, counts)) || 0).fill(deal.id));
    return [rule, ids.sort()];
  });
  return Object.fromEntries(entries);
}

/**
 * The account of planted faults as it is published, after proof that no rule finds more or less than was planted.
 *
 * @param {Map<string, string[]>} planted
 * @param {readonly Deal[]} deals
 * @param {Funnel} funnel
 * @param {readonly string[]} [absent] rules whose column the export does not have
 */
export function provenFindings(planted, deals, funnel, absent = []) {
  const expected = expectedFindings(deals, funnel);
  for (const rule of absent) delete expected[rule];
  for (const rule of new Set([...planted.keys(), ...Object.keys(expected)])) {
    const [wanted, found] = [planted.get(rule)?.sort() ?? [], expected[rule] ?? []];
    if (wanted.join() !== found.join())
      throw new Error(`${rule}: planted ${wanted.join()}, but there is ${found.join()}`);
  }
  return expected;
}
