import { expect, it } from 'vitest';
import { createTranslator } from '../../../src/i18n/translator.ts';
import { noticeText } from '../../../src/report/notice-texts.ts';
import type { AuditReport } from '../../../src/report/report.ts';
import { auditTables, messagesOf } from '../../kinds/audit-rules.ts';

const STAGES = ['Lead', 'Qualified', 'Proposal', 'Negotiation'];
const ROWS = Array.from({ length: 40 }, (_, row) => ({
  id: `OPP-${101 + row}`,
  stage: STAGES[row % 4] as string,
  sum: String(((row * 7919) % 97) * 1250 + 500),
  other: String(((row * 6007) % 89) * 1130 + 700),
  owner: ['Anna Schmidt', 'Ben Krüger', 'Carla Weiß'][row % 3] as string,
}));

function noticesOf({ inputs, labels }: AuditReport, lang: 'en' | 'zh' = 'en'): readonly string[] {
  const translator = createTranslator(lang, labels);
  return inputs.flatMap(({ notices }) =>
    notices
      .filter(({ code }) => code.startsWith('columns/'))
      .map(({ code, args, cell }) => `${cell ?? ''} ${translator.text(noticeText(code), args)}`.trim()),
  );
}

it('tells which columns were taken by their cells, and their confidence', async () => {
  const lines = ROWS.map(({ id, stage, owner }) => `${id},${stage},${owner}`);
  const report = await auditTables({ deals: `Deal ID,Phase,Verantwortlich\n${lines.join('\n')}\n` });
  expect(noticesOf(report)).toEqual([
    'B1 column “Phase” is taken for Stage by what it holds: 40 of 40 cells fit (confidence 87.8%)',
    'C1 column “Verantwortlich” is taken for Owner by what it holds: 40 of 40 cells fit (confidence 73.2%)',
  ]);
  expect(noticesOf(report, 'zh')[0]).toBe(
    'B1 按内容把“Phase”列识别为「阶段」：40 个单元格中有 40 个符合（置信度 87.8%）',
  );
  expect(report.inputs[0]?.columns.map(({ field, confidence }) => [field, confidence])).toEqual([
    ['id', 1],
    ['stage', 0.878],
    ['owner', 0.732],
  ]);
});

it('asks once for all that is not clear, with what to add to the rules file', async () => {
  const lines = ROWS.map(({ id, stage, sum, other }) => `${id},${stage},${sum},${other}`);
  const deals = `Deal ID,Stage,Summe,Betrag\n${lines.join('\n')}\n`;
  const report = await auditTables({ deals });
  expect(noticesOf(report)).toEqual([
    'which column? Amount “Summe” / “Betrag”; add to the rules file, with the right header: fields: {amount: {column: "Summe"}}',
  ]);
  expect(messagesOf(report, 'input/column-missing')).toContain(
    'no column for Amount; perhaps “Summe”, “Betrag”: add fields: {amount: {column: "Summe"}} to the rules file',
  );
  const rules = 'version: 1\nextends: [funnelint:recommended]\nfields: {amount: {column: "Betrag"}}\n';
  expect(noticesOf(await auditTables({ deals, rules }))).toEqual([]);
});

it('scales sums of money by the unit in their header, and says so', async () => {
  const deals = 'Deal ID,Stage,Owner,金额（万元）\n1,Lead,a,12\n2,Lead,a,0\n';
  const report = await auditTables({ deals });
  expect(noticesOf(report)).toContain(
    'D1 the header “金额（万元）” gives a unit: its numbers are multiplied by 10,000',
  );
  expect(report.inputs[0]?.columns[3]).toMatchObject({ field: 'amount', reading: { unit: '万元' } });
});

it('reads a change log without known headers', async () => {
  const deals = `Deal ID,Stage\n${ROWS.map(({ id }) => `${id},Proposal`).join('\n')}\n`;
  const changes = ROWS.flatMap(({ id }, row) =>
    ['Lead', 'Qualified', 'Proposal'].map((stage, step) => `${id},${stage},2026-0${step + 1}-${10 + (row % 9)}`),
  );
  const report = await auditTables({ deals, history: `Vorgang,Phase,Wann\n${changes.join('\n')}\n` });
  expect(report.history).toMatchObject({ rows: 120, stays: 120, otherDeals: 0, unknownStage: 0 });
  expect(report.inputs[1]?.columns.map(({ field }) => field)).toEqual(['deal_id', 'to_stage', 'changed_at']);
});
