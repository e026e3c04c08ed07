import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createRandom, DAY } from './random.js';

const OPEN = [
  'Prospecting',
  'Qualification',
  'Needs Analysis',
  'Value Proposition',
  'Proposal/Price Quote',
  'Negotiation/Review',
];
const FIRST = Date.UTC(2023, 0, 1);
const SPAN_DAYS = 1400;
const MOST_CHANGES = 8;
const OWNERS = 500;
const SOURCES = ['Web', 'Partner', 'Trade Show', 'Referral', 'Outbound'];

const iso = (millis) => new Date(millis).toISOString().slice(0, 10);
const instant = (millis) => new Date(millis).toISOString().slice(0, 19).replace('T', ' ');

const END = FIRST + SPAN_DAYS * DAY;

/** The next stage of an open deal: mostly one step on, now and then one back or two on; the length of the list is the end. */
function nextStage(stage, random) {
  if (random() < 0.08) return Math.max(0, stage - 1);
  return Math.min(OPEN.length, stage + (random() < 0.1 ? 2 : 1));
}

/** The stays of one deal as [stage, instant], until it is won, lost, or open still. */
function stays(random) {
  const moves = [];
  let stage = 0;
  let at = FIRST + random() * SPAN_DAYS * DAY;
  while (at <= END && stage < OPEN.length && moves.length < MOST_CHANGES) {
    moves.push([OPEN[stage], at]);
    at += -Math.log(1 - random()) * 20 * DAY;
    stage = moves.length > 2 && random() < 0.12 ? OPEN.length : nextStage(stage, random);
  }
  if (stage === OPEN.length && at <= END) moves.push([random() < 0.3 ? 'Closed Won' : 'Closed Lost', at]);
  return moves;
}

/** Writes deals and their change log, about five changes a deal; the same bytes for the same number. */
export async function makeHistory(dealsFile, historyFile, deals) {
  const random = createRandom(20261101);
  const list = createWriteStream(dealsFile);
  const log = createWriteStream(historyFile);
  list.write(
    'Opportunity ID,Opportunity Name,Account Name,Stage,Amount,Created Date,Close Date,Opportunity Owner,Lead Source\n',
  );
  log.write('Opportunity ID,Stage,Changed At\n');
  for (let deal = 0; deal < deals; deal += 1) {
    const id = `006${String(deal).padStart(12, '0')}AAA`;
    const moves = stays(random);
    const [stage, changed] = moves.at(-1);
    const isClosed = stage.startsWith('Closed');
    const close = isClosed ? changed : changed + random() * 90 * DAY;
    const amount = (Math.floor(random() * 5_000_000) / 100).toFixed(2);
    const account = `Account ${Math.floor(random() * (deals / 4))}`;
    const owner = `Rep ${Math.floor(random() * OWNERS)}`;
    const source = SOURCES[Math.floor(random() * SOURCES.length)];
    const row = [id, `${account} ${deal}`, account, stage, amount, iso(moves[0][1]), iso(close), owner, source];
    if (!list.write(`${row.join(',')}\n`)) await once(list, 'drain');
    for (const [name, at] of moves) if (!log.write(`${id},${name},${instant(at)}\n`)) await once(log, 'drain');
  }
  await Promise.all([list, log].map((stream) => once(stream.end(), 'finish')));
}
