import { AS_OF_MILLIS, DAY, dayOf, EXPORTED, HOUR, MINUTE, workingTime } from './calendar.js';
import { simulateJourney } from './journeys.js';

/**
 * A deal before it is written in the manner of a CRM. `…Text` is what stands in the cell where that is not the plain
 * value; an `amountText` beside an amount of null cannot be read.
 *
 * @typedef {object} Deal
 * @property {string} id
 * @property {string} account
 * @property {string} name
 * @property {string} owner empty where nobody owns the deal
 * @property {string} creator
 * @property {string} source
 * @property {string} type
 * @property {readonly import('./journeys.js').Stay[]} stays
 * @property {import('./journeys.js').FunnelStage | null} stage null where the text is no stage of the list
 * @property {string} stageText
 * @property {number | null} amount
 * @property {string | null} amountText
 * @property {number} agreedAmount the amount nobody has spoilt
 * @property {number} created
 * @property {number | null} close
 * @property {string | null} closeText
 * @property {number} agreedClose
 * @property {number} modified
 * @property {number} activity
 * @property {number} probability
 * @property {string} lossReason
 * @property {string} extra what only one story has: product, province, …
 *
 * @typedef {object} Story
 * @property {import('./journeys.js').Funnel} funnel
 * @property {number} count
 * @property {number} firstDay deals are created from here to the export
 * @property {number} medianAmount
 * @property {number} amountStep amounts are multiples of it
 * @property {readonly { name: string, quality: number, weight: number }[]} owners
 * @property {readonly { name: string, quality: number, weight: number }[]} sources
 * @property {readonly { name: string, weight: number }[]} lossReasons
 * @property {readonly { name: string, weight: number }[]} types
 * @property {(chance: import('./random.js').Chance) => string} id
 * @property {(chance: import('./random.js').Chance, created: number) => { account: string, name: string, extra: string }} title
 */

/** How many deals a month brings, January first: campaigns in spring and autumn, holidays in between. */
const SEASON = [0.8, 0.7, 1.2, 1.1, 1.0, 1.3, 0.8, 0.7, 1.3, 1.2, 1.1, 0.6];

/**
 * Deals without any fault, in order of creation.
 *
 * @param {import('./random.js').Chance} chance
 * @param {Story} story
 * @returns {Deal[]}
 */
export function createDeals(chance, story) {
  const ids = new Set();
  const titles = new Set();
  return creationTimes(chance, story).map((created) => {
    const title = drawnOnce(
      titles,
      () => story.title(chance, created),
      ({ account, name }) => `${account}\n${name}`,
    );
    const id = drawnOnce(
      ids,
      () => story.id(chance),
      (text) => text.toLowerCase(),
    );
    return createDeal(chance, story, { id, ...title, created });
  });
}

function creationTimes(chance, story) {
  /** @type {number[]} */
  const times = [];
  while (times.length < story.count) {
    const day = story.firstDay + chance.next() * (EXPORTED - DAY - story.firstDay);
    if (!chance.happens(SEASON[new Date(day).getUTCMonth()] / 1.3)) continue;
    const time = workingTime(day, chance);
    if (time < EXPORTED - DAY) times.push(time);
  }
  return times.sort((one, other) => one - other);
}

function drawnOnce(seen, draw, keyOf) {
  for (;;) {
    const drawn = draw();
    const key = keyOf(drawn);
    if (seen.has(key)) continue;
    seen.add(key);
    return drawn;
  }
}

function createDeal(chance, story, { id, account, name, extra, created }) {
  const owner = chance.pickWeighted(story.owners, (item) => item.weight);
  const source = chance.pickWeighted(story.sources, (item) => item.weight);
  const stays = simulateJourney(chance, story.funnel, created, owner.quality * source.quality);
  const last = stays[stays.length - 1];
  const stage = story.funnel.stages.find((item) => item.id === last.stage);
  const steps = Math.max(1, Math.round(chance.lognormal(story.medianAmount, 0.8) / story.amountStep));
  const agreedAmount = steps * story.amountStep;
  const early = stage.kind === 'open' && story.funnel.stages.indexOf(stage) < story.funnel.amountsFrom;
  const close = stage.kind === 'open' ? plannedClose(chance, story.funnel, stage) : dayOf(last.at);
  return {
    id,
    account,
    name,
    extra,
    owner: owner.name,
    creator: owner.name,
    source: source.name,
    type: chance.pickWeighted(story.types, (item) => item.weight).name,
    stays,
    stage,
    stageText: stage.text,
    amount: early && chance.happens(0.4) ? null : agreedAmount,
    amountText: null,
    agreedAmount,
    created,
    close,
    closeText: null,
    agreedClose: close,
    ...lastTouch(chance, stage, last.at, created),
    probability: stage.probability,
    lossReason: stage.kind === 'lost' ? chance.pickWeighted(story.lossReasons, (item) => item.weight).name : '',
  };
}

/** The later the stage, the sooner the date; always after the day of the audit. */
function plannedClose(chance, funnel, stage) {
  const open = funnel.stages.filter((item) => item.kind === 'open');
  const stagesLeft = open.length - open.indexOf(stage);
  return AS_OF_MILLIS + (chance.integer(3, 30) + stagesLeft * chance.integer(2, 12)) * DAY;
}

/** Open deals were touched within four weeks before the audit, closed ones around the day they closed. */
function lastTouch(chance, stage, lastMove, created) {
  const wanted = stage.kind === 'open' ? EXPORTED - chance.integer(0, 23) * DAY : lastMove + chance.integer(0, 4) * DAY;
  const touched = workingTime(wanted, chance);
  const modified = touched > lastMove && touched < EXPORTED ? touched : lastMove + chance.integer(1, 9) * MINUTE;
  return { modified, activity: Math.max(created, modified - chance.integer(0, 40) * HOUR) };
}
