// Whole processes, one after the other: what they take of time and memory.
import { spawnSync } from 'node:child_process';
import { smallFile } from './data.js';

const PEAK = smallFile(
  'peak.cjs',
  "process.on('exit', () => process.stderr.write('PEAK ' + process.resourceUsage().maxRSS + '\\n'));\n",
);

function measure({ command = process.execPath, args, own = command === process.execPath ? ['--require', PEAK] : [] }) {
  const started = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(command, [...own, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const peak = /PEAK (\d+)/.exec(stderr ?? '');
  return { seconds, status, stdout, megabytes: peak === null ? Number.NaN : Number(peak[1]) / 1024 };
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/**
 * Runs each process in turn, so many rounds, so that a slow minute of the machine slows all of them. Answers by name with
 * the median seconds, the greatest peak, and the run of the median.
 */
export function sideBySide(processes, rounds) {
  const runs = processes.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, each] of processes.entries()) runs[index].push(measure(each));
  }
  const results = processes.map(({ name }, index) => {
    const seconds = median(runs[index].map((run) => run.seconds));
    const run = runs[index].find((each) => each.seconds === seconds);
    const megabytes = Math.max(...runs[index].map((each) => each.megabytes));
    return [name, { name, seconds, megabytes, status: run.status, stdout: run.stdout }];
  });
  return Object.fromEntries(results);
}
