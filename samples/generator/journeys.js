import { DAY, EXPORTED, MINUTE, pulledToQuarterEnd, workingTime } from './calendar.js';

/**
 * @typedef {object} FunnelStage
 * @property {string} id as in the pack
 * @property {string} text as the export writes it
 * @property {'open' | 'won' | 'lost'} kind
 * @property {number} probability 0–1
 * @property {readonly string[]} require as in the pack
 * @property {number} medianDays usual stay, 0 for closed stages
 * @property {number} advance 0–1, how often the stage is left forward rather than lost
 *
 * @typedef {object} Funnel
 * @property {readonly FunnelStage[]} stages in order
 * @property {string} proposal stage from which an amount is expected
 * @property {number} amountsFrom index of the first open stage whose deals all have an amount
 * @property {number} skips share of forward moves that leave one stage out
 * @property {number} returns share of moves that go back
 * @property {number} reopens share of lost deals that come back
 *
 * @typedef {{ stage: string, at: number }} Stay
 */

/** Share of moves made in one go by somebody who files late. */
const INSTANT_MOVES = 0.03;

/**
 * The way of one deal through the funnel, up to the export.
 *
 * @param {import('./random.js').Chance} chance
 * @param {Funnel} funnel
 * @param {number} created
 * @param {number} quality factor on the odds of getting on, about 1
 * @returns {Stay[]}
 */
export function simulateJourney(chance, funnel, created, quality) {
  const open = funnel.stages.filter((stage) => stage.kind === 'open');
  let position = chance.happens(0.06) ? chance.integer(1, open.length - 1) : 0;
  let at = created;
  /** @type {Stay[]} */
  const stays = [{ stage: open[position].id, at }];
  for (;;) {
    const target = nextStage(chance, funnel, open, position, quality);
    at = timeOfMove(chance, open[position], at, target);
    if (at > EXPORTED) return stays;
    stays.push({ stage: target.id, at });
    if (target.kind === 'open') {
      position = open.indexOf(target);
      continue;
    }
    if (target.kind === 'won' || !chance.happens(funnel.reopens)) return stays;
    position = open.length - 1;
    at = workingTime(at + chance.integer(6, 40) * DAY, chance);
    if (at > EXPORTED) return stays;
    stays.push({ stage: open[position].id, at });
  }
}

function nextStage(chance, funnel, open, position, quality) {
  if (position > 0 && chance.happens(funnel.returns)) return open[position - 1];
  const odds = Math.min(0.97, open[position].advance * quality);
  if (!chance.happens(odds)) return chance.pick(funnel.stages.filter((stage) => stage.kind === 'lost'));
  const step = chance.happens(funnel.skips) ? 2 : 1;
  return open[position + step] ?? funnel.stages.find((stage) => stage.kind === 'won');
}

function timeOfMove(chance, stage, at, target) {
  if (chance.happens(INSTANT_MOVES)) return at + chance.integer(5, 50) * 1000;
  const planned = workingTime(at + chance.lognormal(stage.medianDays, 0.95) * DAY, chance);
  const moved = target.kind === 'won' ? pulledToQuarterEnd(planned, 9) : planned;
  return moved > at ? moved : at + chance.integer(7, 90) * MINUTE;
}
