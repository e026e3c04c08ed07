import { DAY, isoDay, isoSecond, workingTime } from './calendar.js';
import { salesforceId } from './salesforce-id.js';

const HEADER =
  'Id|OpportunityId|CreatedById|CreatedDate|StageName|Amount|ExpectedRevenue|CloseDate|Probability|' +
  'FromOpportunityStageName|SystemModstamp|IsDeleted';

/**
 * OpportunityHistory of a Data Export, newest first: one row a save, so that half of the rows change no stage.
 *
 * @param {import('./random.js').Chance} chance
 * @param {import('./journeys.js').Funnel} funnel
 * @param {readonly import('./deals.js').Deal[]} deals
 * @returns {(string | number)[][]} header first
 */
export function salesforceHistory(chance, funnel, deals) {
  const users = new Map();
  const userOf = (name) => {
    if (!users.has(name)) users.set(name, salesforceId('005', chance));
    return users.get(name);
  };
  const once = new Map(deals.map((deal) => [deal.id, deal]));
  const saves = [...once.values()].flatMap((deal) => savesOf(chance, funnel, deal));
  saves.sort((one, other) => other.at - one.at || (one.deal.id < other.deal.id ? -1 : 1));
  const rows = saves.map(({ deal, at, text, probability, before, amount, close }) => [
    salesforceId('008', chance),
    deal.id,
    userOf(deal.creator),
    isoSecond(at),
    text,
    amount ?? '',
    amount === null ? '' : Math.round(amount * probability),
    `${isoDay(close)} 00:00:00`,
    Math.round(probability * 100),
    before,
    isoSecond(at),
    0,
  ]);
  return [HEADER.split('|'), ...rows];
}

/** Stage changes and other saves of one deal in order of time, with the values the deal had after each. */
function savesOf(chance, funnel, deal) {
  const moves = deal.stays.map(({ stage, at }) => ({ at, stage, changes: 'stage' }));
  const last = moves[moves.length - 1];
  const until = deal.stage?.kind === 'won' || deal.stage?.kind === 'lost' ? last.at : deal.modified;
  const events = [...moves, ...otherSaves(chance, deal.created, until, new Set(moves.map(({ at }) => at)))];
  events.sort((one, other) => one.at - other.at);
  let before = '';
  const saves = events.map((event) => {
    const stage = funnel.stages.find(({ id }) => id === (event.stage ?? before));
    const save = { deal, at: event.at, changes: event.changes, stage, from: before };
    before = stage.id;
    return save;
  });
  return withValues(chance, deal, saves, funnel);
}

function otherSaves(chance, from, until, taken) {
  const saves = [];
  const wanted = chance.integer(0, 7);
  for (let tried = 0; tried < wanted; tried++) {
    const at = workingTime(from + chance.next() * (until - from), chance);
    if (at <= from || at >= until || taken.has(at)) continue;
    taken.add(at);
    saves.push({ at, stage: null, changes: chance.happens(0.6) ? 'close' : 'amount' });
  }
  return saves;
}

/** Goes back in time from what was agreed in the end, undoing each change. */
function withValues(chance, deal, saves, funnel) {
  const text = (id) => funnel.stages.find((stage) => stage.id === id)?.text ?? '';
  let amount = deal.amount === null ? null : deal.agreedAmount;
  let close = deal.agreedClose;
  const written = [];
  for (const save of [...saves].reverse()) {
    const isLast = written.length === 0;
    // A stage the list no longer has stands in the log as it stands in the deal.
    const now = isLast ? (deal.stage?.text ?? deal.stageText) : save.stage.text;
    written.push({ ...save, text: now, probability: save.stage.probability, before: text(save.from), amount, close });
    if (save.changes === 'amount' && amount !== null) amount = Math.round((amount * chance.integer(80, 115)) / 100);
    if (save.changes === 'close') close -= chance.integer(7, 40) * DAY;
    if (save.changes === 'stage' && save.stage.kind !== 'open') close += chance.integer(-8, 25) * DAY;
  }
  return written.reverse();
}
