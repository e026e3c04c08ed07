// node tests/bench/assert.js [rows]: rows a second of assertions over columns of a realistic size, compiled afresh for
// each run. The sources are bundled here, so that no build is needed.
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const FOLDER = join(tmpdir(), 'funnelint-bench', 'assert');
const ROWS = Number(process.argv[2] ?? 5_000_000);
const RUNS = 9;
const ASSERTIONS = [
  'amount > 0 and stage.kind = open and close >= today',
  'amount > 0',
  'coalesce(close, created) >= today or stage.kind in [won, lost]',
  'close - created <= 90d and amount * probability > 1000',
];

async function bundled() {
  const source = (path) => fileURLToPath(new URL(`../../src/${path}`, import.meta.url));
  mkdirSync(FOLDER, { recursive: true });
  const bundle = await rolldown({
    input: { predicate: source('dataset/predicate.ts'), parse: source('ruleset/expression/parse.ts') },
    platform: 'node',
  });
  await bundle.write({ dir: FOLDER, format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' });
  const load = (name) => import(pathToFileURL(join(FOLDER, `${name}.mjs`)).href);
  return { ...(await load('predicate')), ...(await load('parse')) };
}

/** Numbers that look random and are the same each time. */
function createRandom(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const random = createRandom(7);

/** A column whose rows hold one of so many distinct values, every twentieth of which is missing. */
function column(field, type, distinct, numberOf) {
  const numbers = Float64Array.from({ length: distinct }, (_, code) =>
    code % 20 === 19 ? Number.NaN : numberOf(code),
  );
  return {
    field,
    type,
    header: field,
    position: 0,
    codes: Int32Array.from({ length: ROWS }, () => Math.floor(random() * distinct)),
    texts: Array.from(numbers, String),
    state: Uint8Array.from(numbers, (number) => (Number.isNaN(number) ? 0 : 1)),
    numbers,
    millis: null,
    currencies: [],
    reading: {},
    confidence: 1,
  };
}

const stages = ['open', 'open', 'open', 'open', 'won', 'lost'].map((kind, index) => ({
  id: `s${index}`,
  label: { en: `s${index}`, zh: `s${index}` },
  match: [],
  kind,
}));
const columns = new Map(
  [
    column('amount', 'money', 200_000, (code) => code - 1000),
    column('close', 'date', 1_200, (code) => 20_000 + code),
    column('created', 'date', 1_200, (code) => 19_800 + code),
    column('probability', 'percent', 21, (code) => code / 20),
  ].map((each) => [each.field, each]),
);
const dataset = {
  asOfDay: 20_600,
  rowCount: ROWS,
  columns,
  headerColumns: new Map(),
  stages,
  stage: Int16Array.from({ length: ROWS }, () => Math.floor(random() * 7) - 1),
};
const environment = { fields: new Map([...columns].map(([id, { type }]) => [id, type])), stages };

const { evaluatePredicate, parseExpression } = await bundled();
for (const source of ASSERTIONS) {
  const parsed = parseExpression(source, environment, 'boolean');
  if (!parsed.ok) throw new Error(`${source}: ${parsed.problems[0].message.en}`);
  const seconds = [];
  let holding = 0;
  for (let run = 0; run < RUNS; run++) {
    const started = process.hrtime.bigint();
    const values = evaluatePredicate(parsed.value, dataset);
    seconds.push(Number(process.hrtime.bigint() - started) / 1e9);
    holding = values.reduce((sum, value) => sum + (value === 1 ? 1 : 0), 0);
  }
  seconds.sort((one, other) => one - other);
  const [best, median] = [seconds[0], seconds[RUNS >> 1]];
  const rate = (time) => `${(ROWS / time / 1e6).toFixed(0).padStart(5)} M rows/s`;
  process.stdout.write(`${source.padEnd(64)} best ${rate(best)}  median ${rate(median)}  (${holding} hold)\n`);
}
