import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { chooseDestinations, chooseOutputs, parseOutput } from '../../src/cli/output-target.ts';
import type { Format } from '../../src/reporters/index.ts';
import { createMemoryHost } from './memory-host.ts';

const folder = mkdtempSync(join(tmpdir(), 'funnelint-output-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = (name: string): string => join(folder, name);

describe('parseOutput', () => {
  it('takes the format from the name, or as it is told', () => {
    expect(parseOutput('out/report.JSON')).toEqual({ format: 'json', path: 'out/report.JSON' });
    expect(parseOutput('json=report.dat')).toEqual({ format: 'json', path: 'report.dat' });
    expect(parseOutput('a=b.json')).toEqual({ format: 'json', path: 'a=b.json' });
  });

  it.each(['report', 'report.docx', 'docx=report', '.json', 'x.constructor'])('refuses %s', (value) => {
    expect(() => parseOutput(value)).toThrow(expect.objectContaining({ code: 'output/unknown-format' }));
  });
});

describe('chooseOutputs', () => {
  writeFileSync(path('deals.csv'), 'ID\n');
  symlinkSync(path('deals.csv'), path('link.json'));
  mkdirSync(path('folder.json'));
  symlinkSync(path('loop.json'), path('loop.json'));
  symlinkSync('nowhere.json', path('dangling.json'));

  it.each([
    [['json='], 'output/no-path'],
    [[path('nowhere/report.json')], 'output/not-writable'],
    [[path('folder.json')], 'output/not-writable'],
    [[path('a.json'), path('./x/../a.json')], 'output/twice'],
    [[`json=${path('deals.csv')}`], 'output/is-input'],
    [[path('link.json')], 'output/is-input'],
    [[path('loop.json')], 'output/not-writable'],
    [[path('nowhere.json'), path('dangling.json')], 'output/twice'],
    [[`json=${path('deals.csv')}/x`], 'output/not-writable'],
    [[path(`${'n'.repeat(300)}.json`)], 'output/not-writable'],
  ])('refuses %j', (values, code) => {
    expect(() => chooseOutputs(values, [path('deals.csv')])).toThrow(expect.objectContaining({ code }));
  });

  it('lets a report be written over an older one', () => {
    writeFileSync(path('old.json'), '{}');
    expect(chooseOutputs([path('old.json'), path('new.json')], [path('deals.csv')])).toHaveLength(2);
  });
});

describe('chooseDestinations', () => {
  const host = createMemoryHost(folder);
  const chosen = (format: Format | undefined, ...output: string[]) => {
    const { format: onStdout, outputs } = chooseDestinations({ format, output }, [], host);
    return [onStdout, ...outputs.map((output) => output.format)];
  };

  it('has the terminal format on stdout unless told', () => {
    expect(chosen(undefined)).toEqual(['terminal']);
    expect(chosen('csv', path('a.json'))).toEqual(['csv', 'json']);
    expect(chosen(undefined, 'json=-', path('a.xml'))).toEqual(['json', 'junit']);
    expect(chosen(undefined, 'sarif=/dev/stdout')).toEqual(['sarif']);
  });

  it('follows the environment where no flag says more', () => {
    const asked = createMemoryHost(folder, 100, { FUNNELINT_FORMAT: 'markdown' });
    expect(chooseDestinations({}, [], asked).format).toBe('markdown');
    expect(chooseDestinations({ output: ['json=-'] }, [], asked).format).toBe('json');
  });

  it.each([
    ['json' as const, ['csv=-']],
    [undefined, ['json=-', 'csv=-']],
    ['json' as const, ['json=/dev/stdout']],
  ])('refuses two documents on stdout: -f %s and %j', (format, output) => {
    expect(() => chosen(format, ...output)).toThrow(expect.objectContaining({ code: 'output/two-to-stdout' }));
  });
});
