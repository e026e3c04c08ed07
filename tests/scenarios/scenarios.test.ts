import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { unmetLine } from './match-output.ts';
import { type Answer, runScenario } from './run-scenario.ts';
import { type Expectation, parseScenarios, type Scenario } from './scenario-file.ts';

const FOLDER = new URL('./', import.meta.url);
/** `UPDATE_SCENARIOS=1` writes what the commands answer into the files, in place of what does not match. */
const UPDATE = process.env['UPDATE_SCENARIOS'] === '1';
const AT_A_TIME = 3;
const WAITING_MILLIS = 300_000;

const PARTS = ['exit', 'stdout', 'stderr'] as const;

/** Lets a few in at a time. */
function createGate(places: number): <Value>(work: () => Promise<Value>) => Promise<Value> {
  const waiting: (() => void)[] = [];
  let free = places;
  return async (work) => {
    if (free > 0) free--;
    else await new Promise<void>((enter) => waiting.push(enter));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free++;
      else next();
    }
  };
}

interface Correction {
  readonly expectation: Expectation;
  readonly lines: readonly string[];
}

function correctionsOf({ steps }: Scenario, answers: readonly Answer[]): readonly Correction[] {
  return steps.flatMap((step, index) =>
    PARTS.flatMap((part) => {
      const expectation = step[part];
      const actual = answers[index]?.[part] ?? '';
      if (expectation === null || unmetLine(actual, expectation.text) === null) return [];
      const lines = part === 'exit' ? [`--- exit ${actual}`] : actual.replace(/\n$/, '').split('\n');
      return [{ expectation, lines: actual === '' ? [] : lines }];
    }),
  );
}

function applied(text: string, corrections: readonly Correction[]): string {
  const lines = text.split('\n');
  const lastFirst = [...corrections].sort((left, right) => right.expectation.from - left.expectation.from);
  for (const { expectation, lines: corrected } of lastFirst) {
    lines.splice(expectation.from, expectation.to - expectation.from, ...corrected);
  }
  return lines.join('\n');
}

function check({ steps }: Scenario, answers: readonly Answer[]): void {
  expect(steps.length, 'a scenario runs something').toBeGreaterThan(0);
  for (const [index, step] of steps.entries()) {
    for (const part of PARTS) {
      const expected = step[part]?.text ?? null;
      const actual = answers[index]?.[part] ?? '';
      const unmet = expected === null ? null : unmetLine(actual, expected);
      if (unmet !== null) expect(actual, `${part} of ${step.command}\nlacks ${unmet}`).toBe(expected);
    }
    expect(answers[index]?.stderr, 'no stack for a mistake of the user').not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
  }
}

const gate = createGate(AT_A_TIME);

describe.each(readdirSync(FOLDER).filter((name) => name.endsWith('.scenario')))('%s', (name) => {
  const file = new URL(name, FOLDER);
  const text = readFileSync(file, 'utf8');
  const corrections: Correction[] = [];
  for (const scenario of parseScenarios(text)) {
    it.concurrent(
      scenario.title,
      async () => {
        const answers = await gate(() => runScenario(scenario));
        if (UPDATE) corrections.push(...correctionsOf(scenario, answers));
        else check(scenario, answers);
      },
      WAITING_MILLIS,
    );
  }
  afterAll(() => {
    if (corrections.length > 0) writeFileSync(file, applied(text, corrections));
  });
});
