import { describe, expect, it } from 'vitest';
import { readText, rowsOf } from '../temp-file.ts';

const HEADER = 'ID,Stage,Amount,Owner,Close Date\n';
const DEALS = '1,Won,"1,000",Ann,2026-01-01\n2,Lost,250.5,Bo,2026-01-02\n3,Won,9.5,Ann,2026-01-03\n';

describe('a last row that adds up those above', () => {
  it('is a total, whatever its label says', async () => {
    const sheet = await readText(`${HEADER}${DEALS}Sum this value at the bottom,,1260,,\n`);
    expect(rowsOf(sheet).map(([id]) => id)).toEqual(['1', '2', '3']);
    expect(sheet.setAside).toMatchObject([{ row: 5, reason: 'total' }]);
  });

  it('is a total without a label too', async () => {
    expect((await readText(`${HEADER}${DEALS},,1260.00,,\n`)).rowCount).toBe(3);
  });

  it.each([
    ['of another sum', 'A label,,1261,,'],
    ['that is filled like a deal', '4,Won,1260,Ann,2026-01-04'],
    ['that is blank but for its id', '4,,,,'],
  ])('is a row %s', async (_, row) => {
    expect((await readText(`${HEADER}${DEALS}${row}\n`)).rowCount).toBe(4);
  });

  it('is none in a short list, where rows add up by chance', async () => {
    expect((await readText(`${HEADER}1,Won,5,Ann,2026-01-01\n2,,5,,\n`)).rowCount).toBe(2);
  });
});
