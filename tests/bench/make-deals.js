import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createRandom, DAY } from './random.js';

const HEADERS = [
  'Opportunity ID',
  'Opportunity Name',
  'Account Name',
  'Stage',
  'Amount',
  'Amount Currency',
  'Probability (%)',
  'Created Date',
  'Close Date',
  'Last Modified Date',
  'Last Activity',
  'Opportunity Owner',
  'Lead Source',
  'Type',
  'Industry',
  'Region',
  'Next Step',
  'Forecast Category',
  'Description',
  'Campaign',
];
const STAGES = [
  ['Prospecting', 10],
  ['Qualification', 10],
  ['Needs Analysis', 20],
  ['Value Proposition', 50],
  ['Proposal/Price Quote', 75],
  ['Negotiation/Review', 90],
  ['Closed Won', 100],
  ['Closed Lost', 0],
];
const SOURCES = ['Web', 'Partner', 'Trade Show', 'Referral', 'Outbound', ''];
const TYPES = ['New Business', 'Renewal', 'Expansion'];
const INDUSTRIES = ['Manufacturing', 'Retail', 'Energy', 'Finance', 'Health'];
const REGIONS = ['North', 'South', 'East', 'West'];
const WORDS = ['platform', 'renewal', 'pilot', 'rollout', 'licence', 'support', 'training', 'migration'];

const FIRST = Date.UTC(2023, 0, 1);
const SPAN = 1400;

function day(offset) {
  return new Date(FIRST + offset * DAY).toISOString().slice(0, 10);
}

function record(row, random) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const [stage, probability] = pick(STAGES);
  const created = Math.floor(random() * SPAN);
  const closed = created + Math.floor(random() * 180);
  const touched = Math.min(SPAN, created + Math.floor(random() * 120));
  const account = Math.floor(random() * 60_000);
  const amount = random() < 0.02 ? '' : (Math.floor(random() * 50_000_000) / 100).toFixed(2);
  return [
    `006${String(row).padStart(12, '0')}AAA`,
    `Account ${account} ${pick(WORDS)} ${row}`,
    `Account ${account} Ltd`,
    stage,
    amount,
    random() < 0.9 ? 'USD' : 'EUR',
    String(probability),
    day(created),
    day(closed),
    `${day(touched)} ${String(Math.floor(random() * 24)).padStart(2, '0')}:${String(Math.floor(random() * 60)).padStart(2, '0')}`,
    random() < 0.1 ? '' : day(touched),
    random() < 0.01 ? '' : `Rep ${Math.floor(random() * 300)}`,
    pick(SOURCES),
    pick(TYPES),
    pick(INDUSTRIES),
    pick(REGIONS),
    random() < 0.5 ? '' : `Call about ${pick(WORDS)}`,
    pick(['Pipeline', 'Best Case', 'Commit', 'Closed']),
    `"Notes, ${pick(WORDS)} and ${pick(WORDS)}"`,
    `Campaign ${Math.floor(random() * 40)}`,
  ].join(',');
}

/** Writes a deterministic table of deals with 20 columns, about 195 bytes a row. */
export async function makeDeals(path, rows) {
  const random = createRandom(rows);
  const out = createWriteStream(path, { highWaterMark: 1 << 20 });
  out.write(`${HEADERS.join(',')}\n`);
  for (let row = 0; row < rows; ) {
    const batch = [];
    for (const end = Math.min(rows, row + 2000); row < end; row++) batch.push(record(row, random));
    if (!out.write(`${batch.join('\n')}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}
