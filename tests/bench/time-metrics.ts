// Times the parts of one audit in one process: reading, the dataset, each metric. Bundled and run by metrics.js.
import { buildDataset } from '../../src/dataset/build.ts';
import { METRICS } from '../../src/metrics/index.ts';
import { readInputs } from '../../src/read-inputs.ts';
import { loadRuleset } from '../../src/ruleset/load.ts';

const [deals = '', history = ''] = process.argv.slice(2);
const AS_OF_DAY = Math.floor(Date.UTC(2026, 10, 1) / 86_400_000);

function since(started: bigint): number {
  return Number(process.hrtime.bigint() - started) / 1e6;
}

function line(name: string, millis: number, base: number): void {
  const ratio = (millis / base).toFixed(2);
  process.stdout.write(`${name.padEnd(24)} ${millis.toFixed(0).padStart(7)} ms  ${ratio.padStart(6)} x\n`);
}

const started = process.hrtime.bigint();
const inputs = await readInputs({
  file: deals,
  history,
  previous: [],
  ruleset: loadRuleset({ file: null, packs: ['salesforce'] }),
  reading: {},
});
const reading = since(started);
line('reading', reading, reading);
const building = process.hrtime.bigint();
const dataset = buildDataset({ ...inputs, asOfDay: AS_OF_DAY });
line('dataset', since(building), reading);
let total = 0;
for (const metric of METRICS) {
  const context = { dataset, windowDays: null, by: [], period: 'month', details: false } as const;
  const begun = process.hrtime.bigint();
  const isComputed = (metric.missing?.(context) ?? null) === null && metric.compute(context) !== null;
  const millis = since(begun);
  total += millis;
  line(`${isComputed ? '' : '('}${metric.metric}${isComputed ? '' : ')'}`, millis, reading);
}
line('all metrics', total, reading);
process.stdout.write(`peak ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB\n`);
