import { expect, it } from 'vitest';
import { auditTables, messagesOf } from './audit-rules.ts';

async function said(header: string, ...rows: readonly string[]): Promise<readonly string[]> {
  return messagesOf(await auditTables({ deals: `${[header, ...rows].join('\n')}\n` }), 'input/dates-ambiguous');
}

it('takes the order that the other columns prove, and says so', async () => {
  expect(await said('id,Created Date,Close Date', '1,26/03/2026,05/06/2026')).toEqual([
    'no cell of “Close Date” tells day from month; read as DD/MM/YYYY, as in “Created Date”: if so, add source: {dates: {close: DD/MM/YYYY}}',
  ]);
  expect(await said('id,Close Date,Created Date', '1,05/06/2026,03/26/2026')).toEqual([
    'no cell of “Close Date” tells day from month; read as MM/DD/YYYY, as in “Created Date”: if so, add source: {dates: {close: MM/DD/YYYY}}',
  ]);
});

it('has nothing to say of columns that prove their order, or need none', async () => {
  expect(await said('id,created,close', '1,26/03/2026,25/06/2026')).toEqual([]);
  expect(await said('id,created,close', '1,2026-03-26,2026-06-05')).toEqual([]);
});

it.each([
  ['no other column does', 'id,created,close', '1,2026-03-26,05/06/2026'],
  ['the others disagree', 'id,created,modified,close', '1,26/03/2026,03/27/2026,05/06/2026'],
])('stops where %s', async (_, header, row) => {
  await expect(said(header, row)).rejects.toMatchObject({ code: 'dates/ambiguous' });
});

it('takes the word of the rules file', async () => {
  const rules = 'version: 1\nsource: {dates: {close: MM/DD/YYYY}}\n';
  const report = await auditTables({ rules, deals: 'id,created,close\n1,26/03/2026,05/06/2026\n' });
  expect(messagesOf(report, 'input/dates-ambiguous')).toEqual([]);
});
