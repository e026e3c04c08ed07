import { AS_OF_MILLIS, DAY, dayOf, HOUR } from './calendar.js';

/**
 * Spoils deals on purpose and keeps account of it: rule id → deal ids, one entry for each row the rule has to find.
 *
 * @param {import('./random.js').Chance} chance
 * @param {import('./deals.js').Deal[]} deals
 */
export function createPlanter(chance, deals) {
  /** @type {Map<string, string[]>} */
  const planted = new Map();
  /** @type {Set<import('./deals.js').Deal>} */
  const taken = new Set();

  /** @param {string} rule @param {string} id */
  const record = (rule, id) => planted.set(rule, [...(planted.get(rule) ?? []), id]);

  /**
   * Deals without any fault so far that nothing else will spoil.
   *
   * @param {number} count
   * @param {(deal: import('./deals.js').Deal) => boolean} where
   */
  const take = (count, where) => {
    const free = deals.filter((deal) => !taken.has(deal) && where(deal));
    if (free.length < count) throw new Error(`only ${free.length} deals to choose ${count} from: ${where}`);
    const chosen = chance.shuffle(free).slice(0, count);
    for (const deal of chosen) taken.add(deal);
    return chosen;
  };

  /** Puts a copy with changes some rows below the deal, as a second record of it. */
  const duplicate = (deal, changes) => {
    const copy = { ...deal, ...changes };
    taken.add(copy);
    deals.splice(Math.min(deals.length, deals.indexOf(deal) + chance.integer(1, 30)), 0, copy);
    return copy;
  };
  return { planted, record, take, duplicate };
}

/**
 * @typedef {object} FaultPlan how many deals get each fault
 * @property {number} amountMissingOpen
 * @property {number} amountMissingWon
 * @property {number} amountNotPositive
 * @property {number} closePastDue
 * @property {number} createdAfterClosed
 * @property {number} wonWithoutDate
 * @property {number} lostWithoutDate
 * @property {number} ownerMissing
 * @property {number} dormant
 * @property {number} lossReasonMissing
 * @property {number} openProbability
 * @property {number} closedProbability
 * @property {number} sameId
 * @property {number} sameDeal
 * @property {readonly string[]} unknownStages one deal each
 * @property {readonly { stage: string, text: string }[]} variants one deal each
 * @property {readonly string[]} unreadableAmounts one deal each
 * @property {readonly string[]} unreadableDates one deal each
 */

/**
 * @param {import('./random.js').Chance} chance
 * @param {import('./deals.js').Story} story
 * @param {import('./deals.js').Deal[]} deals changed in place
 * @param {FaultPlan} plan
 * @returns {{ planted: Map<string, string[]>, ragged: import('./deals.js').Deal }}
 */
export function plantFaults(chance, story, deals, plan) {
  const planter = createPlanter(chance, deals);
  plantDormancy(chance, planter, plan);
  plantAmountFaults(chance, story, planter, plan);
  plantDateFaults(chance, story, planter, plan);
  plantStageFaults(planter, plan);
  plantPeopleFaults(planter, plan);
  plantDuplicates(chance, story, planter, plan);
  const [ragged] = planter.take(1, isWon);
  return { planted: planter.planted, ragged };
}

const isOpen = (deal) => deal.stage?.kind === 'open';
const isWon = (deal) => deal.stage?.kind === 'won';
const isLost = (deal) => deal.stage?.kind === 'lost';
const hasAmount = (deal) => deal.amount !== null;

function stageAtLeast({ stages }, id) {
  const from = stages.findIndex((stage) => stage.id === id);
  return (deal) => isOpen(deal) && stages.indexOf(deal.stage) >= from;
}

/** Forgotten deals are the rarest to be had, so they are chosen first. */
function plantDormancy(chance, { take, record }, plan) {
  const restedSince = AS_OF_MILLIS - 40 * DAY;
  const rested = (deal) => isOpen(deal) && deal.stays[deal.stays.length - 1].at < restedSince;
  for (const deal of take(plan.dormant, rested)) {
    const lastMove = deal.stays[deal.stays.length - 1].at;
    const days = Math.floor((AS_OF_MILLIS - 32 * DAY - lastMove) / DAY);
    deal.modified = lastMove + chance.integer(1, days) * DAY;
    deal.activity = Math.max(deal.created, deal.modified - chance.integer(0, 50) * HOUR);
    record('deal/dormant', deal.id);
  }
}

function plantAmountFaults(chance, { funnel }, { take, record }, plan) {
  const proposed = stageAtLeast(funnel, funnel.proposal);
  const blank = [...take(plan.amountMissingOpen, proposed), ...take(plan.amountMissingWon, isWon)];
  for (const deal of blank) {
    deal.amount = null;
    record('deal/amount-missing', deal.id);
  }
  const counted = take(plan.amountNotPositive, (deal) => hasAmount(deal) && (isOpen(deal) || isWon(deal)));
  for (const [index, deal] of counted.entries()) {
    deal.amount = index % 3 === 2 ? -deal.agreedAmount : 0;
    record('deal/amount-not-positive', deal.id);
  }
  const early = (deal) => isOpen(deal) && !proposed(deal);
  for (const text of plan.unreadableAmounts) {
    const [deal] = take(1, early);
    deal.amount = null;
    deal.amountText = text;
    record('field/unreadable', deal.id);
  }
  for (const deal of take(plan.openProbability, isOpen)) {
    deal.probability = chance.happens(0.5) ? 0 : 1;
    record('deal/open-probability-extreme', deal.id);
  }
  for (const deal of take(plan.closedProbability, (item) => isWon(item) || isLost(item))) {
    deal.probability = chance.pick(funnel.stages.filter((stage) => stage.kind === 'open')).probability;
    record('deal/closed-probability-wrong', deal.id);
  }
}

function plantDateFaults(chance, { funnel }, { take, record }, plan) {
  const overdue = (deal) => isOpen(deal) && deal.created < AS_OF_MILLIS - 60 * DAY;
  for (const deal of take(plan.closePastDue, overdue)) {
    deal.close = AS_OF_MILLIS - chance.integer(1, 45) * DAY;
    record('date/close-past-due', deal.id);
  }
  for (const deal of take(plan.createdAfterClosed, (item) => isWon(item) || isLost(item))) {
    deal.close = dayOf(deal.created) - chance.integer(3, 40) * DAY;
    record('date/created-after-closed', deal.id);
  }
  for (const deal of [...take(plan.wonWithoutDate, isWon), ...take(plan.lostWithoutDate, isLost)]) {
    deal.close = null;
    record('date/closed-without-date', deal.id);
    if (isWon(deal)) record('field/required-missing', deal.id);
  }
  const early = (deal) => isOpen(deal) && !stageAtLeast(funnel, funnel.proposal)(deal);
  for (const text of plan.unreadableDates) {
    const [deal] = take(1, early);
    deal.close = null;
    deal.closeText = text;
    record('field/unreadable', deal.id);
  }
}

function plantStageFaults({ take, record }, plan) {
  for (const text of plan.unknownStages) {
    const [deal] = take(1, (item) => isOpen(item) && hasAmount(item));
    deal.stage = null;
    deal.stageText = text;
    record('stage/unknown', deal.id);
  }
  for (const { stage, text } of plan.variants) {
    const [deal] = take(1, (item) => item.stage?.id === stage);
    deal.stageText = text;
    record('stage/label-variant', deal.id);
  }
}

function plantPeopleFaults({ take, record }, plan) {
  for (const deal of take(plan.ownerMissing, () => true)) {
    deal.owner = '';
    record('owner/missing', deal.id);
  }
  const withRequiredReason = (deal) => isLost(deal) && deal.stage.require.includes('loss_reason');
  for (const deal of take(plan.lossReasonMissing, withRequiredReason)) {
    deal.lossReason = '';
    record('win/loss-reason-missing', deal.id);
  }
}

function plantDuplicates(chance, story, { take, record, duplicate }, plan) {
  for (const deal of take(plan.sameId, hasAmount)) {
    const amount = deal.agreedAmount + story.amountStep * chance.integer(1, 9);
    duplicate(deal, { amount, agreedAmount: amount });
    for (const id of [deal.id, deal.id]) record('duplicate/id', id);
  }
  for (const deal of take(plan.sameDeal, (item) => isOpen(item) && hasAmount(item))) {
    const colleague = chance.pick(story.owners.filter(({ name }) => name !== deal.owner)).name;
    const copy = duplicate(deal, { id: story.id(chance), owner: colleague, creator: colleague });
    for (const id of [deal.id, copy.id]) record('duplicate/deal', id);
  }
}
