import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { chooseOutputs, parseOutput } from '../../src/cli/output-target.ts';

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

  it.each([
    [['json='], 'output/no-path'],
    [[path('nowhere/report.json')], 'output/not-writable'],
    [[path('folder.json')], 'output/not-writable'],
    [[path('a.json'), path('./x/../a.json')], 'output/twice'],
    [[`json=${path('deals.csv')}`], 'output/is-input'],
    [[path('link.json')], 'output/is-input'],
  ])('refuses %j', (values, code) => {
    expect(() => chooseOutputs(values, [path('deals.csv')])).toThrow(expect.objectContaining({ code }));
  });

  it('lets a report be written over an older one', () => {
    writeFileSync(path('old.json'), '{}');
    expect(chooseOutputs([path('old.json'), path('new.json')], [path('deals.csv')])).toHaveLength(2);
  });
});
