import { describe, expect, it } from 'vitest';
import { aggregateReference, functionReference, plainReference } from '../../src/cli/expression-reference.ts';
import { figureReference } from '../../src/cli/figure-reference.ts';
import { FIGURES } from '../../src/ruleset/expression/figures.ts';
import { parseFigureCall } from '../../src/ruleset/expression/parse.ts';
import { loadRuleset } from '../../src/ruleset/load.ts';

const { fields, stages } = loadRuleset({ file: null, packs: [] });
const ENVIRONMENT = { fields: new Map(fields.map(({ id, type }) => [id, type])), stages };

describe('the reference of expressions', () => {
  it.each([...plainReference(), ...functionReference(), ...aggregateReference(), ...figureReference()])(
    'says in both languages what $usage is',
    ({ meaning }) => {
      expect(meaning.en).toMatch(/^[^\p{Script=Han}]+$/u);
      expect(meaning.zh).toMatch(/\p{Script=Han}|^1/u);
      expect(meaning.zh).not.toMatch(/[,;]/);
    },
  );

  it.each(figureReference().map(({ usage }) => [usage]))('writes %s as rules write it', (usage) => {
    expect(parseFigureCall(usage, ENVIRONMENT, FIGURES)).toMatchObject({ ok: true });
  });

  it('has every figure', () => {
    expect(figureReference().map(({ usage }) => usage.replace(/\(.*/, ''))).toEqual([...FIGURES.keys()]);
    for (const { meaning } of figureReference()) expect(FIGURES.has(meaning.en)).toBe(false);
  });
});
