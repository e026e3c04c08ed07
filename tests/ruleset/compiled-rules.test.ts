import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createNameTest, headerNames } from '../../src/dataset/columns/mapping.ts';
import { foldColumn } from '../../src/i18n/fold.ts';
import { shippedPacks } from '../../src/rules-by-header.ts';
import { packRules, unpackRules } from '../../src/ruleset/compiled-rules.ts';
import { originOf } from '../../src/ruleset/layer.ts';
import { packNames } from '../../src/ruleset/pack-files.ts';
import { createPackReader } from '../../src/ruleset/packs.ts';

const PACKS = shippedPacks();
const BUILT = new URL('../../dist/rules/', import.meta.url);

function built(name: string): string {
  return readFileSync(fileURLToPath(new URL(`${name}.json`, BUILT)), 'utf8');
}

describe('compiled rules', () => {
  it.each([null, ...PACKS.vendors])('lose nothing of %s', (pack) => {
    const ruleset = PACKS.load(pack);
    const again = unpackRules(packRules(ruleset));
    expect(again).toStrictEqual(ruleset);
    expect(again.allRules).toBe(again.rules);
  });

  it.each([null, ...PACKS.vendors])('are what the build wrote for %s', (pack) => {
    expect(unpackRules(built(pack ?? 'none'))).toStrictEqual(PACKS.load(pack));
  });

  it.each(packNames())('come of the pack %s as it is now', (pack) => {
    const packs = JSON.parse(readFileSync(fileURLToPath(new URL('../packs.json', BUILT)), 'utf8'));
    const { layer, file } = createPackReader()(pack);
    expect(layer.lineOfKey).toBeNull();
    expect(packs[pack].file).toStrictEqual(file);
    const paths = Object.keys(packs[pack].lineOfKey).map((key) => key.split('\n'));
    const lines = paths.map(
      ([section = '', at = '', ...key]) =>
        originOf(layer, [section, section === 'stages' ? Number(at) : at, ...key]).line,
    );
    expect(lines).toEqual(Object.values(packs[pack].lineOfKey));
  });

  it('tell packs from the same headers', () => {
    const { known, evidence } = JSON.parse(built('headers'));
    expect(new Set(known)).toStrictEqual(headerNames(PACKS.fields));
    expect(evidence).toStrictEqual(Object.fromEntries(PACKS.evidence));
    expect(PACKS.vendors.filter((name) => !packNames().includes(name))).toEqual([]);
  });

  it('know a header as the fields do, however it is written', () => {
    const isKnown = createNameTest(new Set([foldColumn('Close Date')]));
    expect(['close date', 'CLOSE_DATE', 'Closing', ''].map(isKnown)).toEqual(
      ['close date', 'CLOSE_DATE', 'Closing', ''].map((name) => foldColumn(name) === foldColumn('Close Date')),
    );
    expect(isKnown('close date')).toBe(true);
  });
});
