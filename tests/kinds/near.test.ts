import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { companyName } from '../../src/i18n/company-name.ts';
import { jaroWinkler, likeness, nameShape } from '../../src/kinds/near-likeness.ts';
import { visitAlikePairs } from '../../src/kinds/near-pairs.ts';

function likenessOf(one: string, other: string): number {
  return likeness(nameShape(companyName(one)), nameShape(companyName(other)));
}

describe('likeness of names', () => {
  // Checked against an independent implementation of Dice's coefficient.
  it.each([
    ['北京星河科技有限公司', '北京星河科技股份有限公司', 1],
    ['东方明珠(集团)', '東方明珠（集團）', 1],
    ['上海云图数据服务有限公司', '上海云途数据服务有限公司', 0.7142857142857143],
    ['招商银行上海分行', '招商银行北京分行', 0.5714285714285714],
    ['华为技术有限公司', '华为云计算技术有限公司', 0.4444444444444444],
  ])('%s · %s', (one, other, expected) => {
    expect(likenessOf(one, other)).toBeCloseTo(expected, 12);
  });

  it.each([
    ['Acme Renewal 2023', 'Acme Renewal 2024'],
    ['第一人民医院', '第二人民医院'],
    ['Acme Phase II', 'Acme Phase III'],
    ['Plan A', 'Plan B'],
    ['项目12期', '项目21期'],
  ])('%s and %s are numbered differently', (one, other) => {
    expect(likenessOf(one, other)).toBe(0);
  });

  it('knows words in another order and words mistyped', () => {
    expect(likenessOf('Acme Robotics', 'Robotics Acme Inc.')).toBe(1);
    expect(likenessOf('Northwind Traders', 'Northwnd Traders')).toBeGreaterThan(0.9);
    expect(likenessOf('Acme', 'Acme Robotics')).toBe(0.5);
    expect(likenessOf('General Motors', 'General Dynamics')).toBeLessThan(0.9);
  });

  // Winkler 1990 and later tables.
  it.each([
    ['martha', 'marhta', 0.961],
    ['dixon', 'dicksonx', 0.813],
    ['dwayne', 'duane', 0.84],
    ['abc', 'xyz', 0],
    ['', '', 1],
  ])('Jaro–Winkler of %s and %s', (one, other, expected) => {
    expect(jaroWinkler(one, other)).toBeCloseTo(expected, 3);
  });

  it('is symmetric, between 0 and 1, and 1 for a name itself', () => {
    const name = fc
      .array(fc.constantFrom('北京', '星河', '云', '图', '数据', 'acme', 'blue ', 'sky ', 'lab', '2'), { minLength: 1 })
      .map((parts) => companyName(parts.join('')));
    fc.assert(
      fc.property(name, name, (one, other) => {
        const value = likeness(nameShape(one), nameShape(other));
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
        expect(likeness(nameShape(other), nameShape(one))).toBeCloseTo(value, 12);
      }),
    );
  });
});

/** Pairs of names that are worth a look, as `one|other`. */
function pairsOf(names: readonly string[]): readonly string[] {
  const sorted = [...new Set(names)].sort();
  const pairs: string[] = [];
  visitAlikePairs(sorted, (one, other) => pairs.push(`${sorted[one]}|${sorted[other]}`));
  return pairs.sort();
}

function allPairsOf(names: readonly string[]): readonly string[] {
  const sorted = [...new Set(names)].sort();
  return sorted
    .flatMap((one, at) =>
      sorted.slice(at + 1).flatMap((other) => {
        const [first, second] = [nameShape(one), nameShape(other)];
        return likeness(first, second) >= (first.isIdeographic ? 0.7 : 0.9) ? [`${one}|${other}`] : [];
      }),
    )
    .sort();
}

describe('pairs of alike names', () => {
  it('are those that comparing every name with every other one finds', () => {
    const characters = fc.constantFrom(...'星河云图数据科技东方明珠华');
    const chinese = fc.array(characters, { minLength: 3, maxLength: 9 }).map((parts) => parts.join(''));
    const word = fc.constantFrom('northwind', 'northwnd', 'traders', 'trader', 'blue', 'sky', 'acme', 'robotics');
    const latin = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(fc.array(fc.oneof(chinese, latin), { maxLength: 20 }), (names) => {
        expect(pairsOf(names)).toEqual(allPairsOf(names));
      }),
    );
  });

  it('are found among many names in little time', () => {
    const characters = [...'华星云图数据科技网络信息服务东方明珠北京上海广州深圳电子智能'];
    let state = 1;
    const next = (): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return state >>> 8;
    };
    const names = Array.from({ length: 40_000 }, () =>
      Array.from({ length: 7 }, () => characters[next() % characters.length]).join(''),
    );
    // All of one beginning: each shares most of its grams with all others.
    const alike = Array.from({ length: 40_000 }, (_, at) => `华北东方电子科技大学附属${companyName(names[at]!)}`);
    visitAlikePairs([...new Set(names)].sort(), () => {});
    visitAlikePairs([...new Set(alike)].sort(), () => {});
  });
});
