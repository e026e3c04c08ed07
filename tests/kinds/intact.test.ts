import { describe, expect, it } from 'vitest';
import { auditTables, messagesOf } from './audit-rules.ts';

async function damaged(...ids: readonly string[]): Promise<readonly string[]> {
  const deals = `id,stage\n${ids.map((id) => `${id},Lead`).join('\n')}\n`;
  return messagesOf(await auditTables({ deals }), 'input/ids-damaged');
}

describe('ids', () => {
  it.each([
    [
      'shortened numbers',
      ['1.2E+17', '3E+5'],
      ['Deal ID 1.2E+17 was rounded by a spreadsheet', 'Deal ID 3E+5 was rounded by a spreadsheet'],
    ],
    [
      'long numbers that all end in zeros',
      ['123456789012345000', '223456789012345000'],
      [
        'Deal ID 123456789012345000 was rounded by a spreadsheet',
        'Deal ID 223456789012345000 was rounded by a spreadsheet',
      ],
    ],
    ['lost zeros', ['0012', '0345', '77'], ['Deal ID 77 has lost the zeros in front: others have 4 digits']],
    [
      'ids equal but for case',
      ['ab-1', 'AB-1', 'ab-2'],
      ['Deal ID ab-1 differs from AB-1 in case only', 'Deal ID AB-1 differs from ab-1 in case only'],
    ],
  ])('are damaged: %s', async (_, ids, expected) => {
    expect(await damaged(...ids)).toEqual(expected);
  });

  it.each([
    ['one long number that ends in zeros', ['123456789012345000', 'x']],
    ['long numbers of which one does not', ['123456789012345000', '123456789012345001']],
    ['numbers of any length', ['1', '22', '333']],
    ['zeros in front of ids of several lengths', ['01', '001', '7']],
    ['ids of Salesforce reports', ['0065g00000AbCdE', '0065g00000aBcDe']],
    ['ids that hold an E', ['1E5', '12E05', 'E+5']],
    ['blanks', ['1', '']],
  ])('are whole: %s', async (_, ids) => {
    expect(await damaged(...ids)).toEqual([]);
  });
});
