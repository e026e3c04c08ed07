import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auditTables, dealsOf, ruleOf } from './audit-rules.ts';

async function outliers(amounts: readonly string[]): Promise<readonly (string | null)[]> {
  const report = await auditTables({
    rules: 'version: 1\nrules:\n  my/rule: {range: {field: amount, outlier: true}}\n',
    deals: `id,stage,amount\n${amounts.map((amount, id) => `${id},Lead,"${amount}"`).join('\n')}\n`,
  });
  return dealsOf(report, 'my/rule');
}

describe('outliers', () => {
  const plain = ['9000', '10000', '11000', '12000', '10500', '9500', '11500', '8500'];

  it('are amounts a factor away from the rest, upwards and downwards', async () => {
    expect(await outliers([...plain, '100000'])).toEqual(['8']);
    expect(await outliers([...plain, '1000'])).toEqual(['8']);
    expect(await outliers([...plain, '13000'])).toEqual([]);
  });

  it('are sought within one currency', async () => {
    const yen = plain.map((amount) => `JPY ${amount}00`);
    expect(await outliers([...plain.map((amount) => `USD ${amount}`), ...yen])).toEqual([]);
    expect(await outliers([...plain.map((amount) => `USD ${amount}`), ...yen, 'JPY 10000'])).toEqual(['16']);
  });

  it('are not called on few values, nor on amounts without a logarithm', async () => {
    expect(await outliers(['10', '10', '11', '12', '11', '10', '1000000'])).toEqual([]);
    const report = await auditTables({
      rules: 'version: 1\nrules:\n  my/rule: {range: {field: amount, outlier: true}}\n',
      deals: `id,stage,amount\n${[...plain, '0', '-5', ''].map((amount, id) => `${id},Lead,${amount}`).join('\n')}\n`,
    });
    expect(ruleOf(report, 'my/rule').counts).toMatchObject({ checked: 8, violating: 0, unknown: 3 });
  });

  it('stay the same in another unit', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 8, maxLength: 14 }),
        fc.constantFrom(10, 1000),
        async (amounts, factor) => {
          const scaled = amounts.map((amount) => String(amount * factor));
          expect(await outliers(scaled)).toEqual(await outliers(amounts.map(String)));
        },
      ),
      { numRuns: 10 },
    );
  });
});

it('keeps to its bounds beside', async () => {
  const report = await auditTables({
    rules: 'version: 1\nrules:\n  my/rule: {range: {field: amount, min: 100, outlier: true}}\n',
    deals: `id,stage,amount\n${['99', '0', '120', '130'].map((amount, id) => `${id},Lead,${amount}`).join('\n')}\n`,
  });
  expect(dealsOf(report, 'my/rule')).toEqual(['0', '1']);
});
