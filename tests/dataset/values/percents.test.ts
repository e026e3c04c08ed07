import { describe, expect, it } from 'vitest';
import { PRESENT, UNREADABLE } from '../../../src/dataset/dataset.ts';
import { readPercents } from '../../../src/dataset/values/percents.ts';

function read(...texts: string[]) {
  const reading = readPercents(texts, new Uint8Array(texts.length).fill(PRESENT));
  return { ...reading, numbers: [...reading.numbers], state: [...reading.state] };
}

describe('readPercents', () => {
  it('takes bare numbers up to 1 for shares, beside percent signs', () => {
    expect(read('0.6', '1', '60%', '33.3 %', '６０％')).toMatchObject({
      numbers: [0.6, 1, 0.6, 0.333, 0.6],
      percent: '0–1',
    });
  });

  it('takes all bare numbers for hundredths where one is greater than 1', () => {
    expect(read('60', '1', '0.5', '33.3')).toMatchObject({ numbers: [0.6, 0.01, 0.005, 0.333], percent: '0–100' });
  });

  it('decides nothing where every text has its sign, and keeps what is out of range', () => {
    expect(read('250%', '1%', '-5%')).toMatchObject({ numbers: [2.5, 0.01, -0.05], percent: null });
  });

  it('reads a decimal comma', () => {
    expect(read('12,5%', '7%')).toMatchObject({ numbers: [0.125, 0.07], decimal: ',' });
  });

  it('does not take money or words for percents', () => {
    expect(read('¥5', 'high', '50%')).toMatchObject({ state: [UNREADABLE, UNREADABLE, PRESENT] });
  });
});
