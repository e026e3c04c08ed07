import { describe, expect, it } from 'vitest';
import { auditVendor, datasetOf, noticesOf, outcomesOf, packOf, staysOf } from './vendor-audit.ts';

const STAGES = ['Appointment Scheduled', 'Qualified to Buy', 'Presentation Scheduled', 'Decision Maker Bought-In'];
const ALL = [...STAGES, 'Contract Sent'];
const DAY_SECONDS = 86_400;

/** A HubSpot list export with dates and times in stage; each deal advances one stage every `days` days. */
function hubSpot(unitPerSecond: number, quote: readonly [string, string]): string {
  const [open, close] = quote;
  const header = ALL.flatMap((stage) => {
    const name = `${open}${stage} (Sales Pipeline)${close}`;
    const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    return [cell(`Date entered ${name}`), cell(`Date exited ${name}`), cell(`Cumulative time in ${name}`)];
  });
  const rows = [2, 3, 5].map((days, deal) => {
    const cells = ALL.flatMap((_, stage) => {
      const entered = new Date(Date.UTC(2026, 2, 1 + stage * days, 10)).toISOString();
      const exited = new Date(Date.UTC(2026, 2, 1 + (stage + 1) * days, 10)).toISOString();
      // The second deal was in its first stage once more than the dates tell.
      const stays = deal === 1 && stage === 0 ? 2.5 : 1;
      const date = (text: string): string => text.slice(0, 16).replace('T', ' ');
      return [date(entered), date(exited), String(days * DAY_SECONDS * stays * unitPerSecond)];
    });
    return [`10${deal}`, `Deal ${deal}`, 'closedwon', '500', '2026-02-20 10:00', '2026-04-20 10:00', 'Ana', ...cells];
  });
  const first = ['Record ID', 'Deal Name', 'Deal Stage', 'Amount', 'Create Date', 'Close Date', 'Deal owner'];
  return [[...first, ...header], ...rows].map((cells) => cells.join(',')).join('\n');
}

describe('times in stage of HubSpot', () => {
  it.each([
    ['seconds', 1, ['"', '"']],
    ['milliseconds', 1000, ['“', '”']],
    ['days', 1 / DAY_SECONDS, ["'", "'"]],
    ['hours', 1 / 3600, ['', '']],
  ] as const)('are taken for %s by the dates, which hide a second stay', async (unit, perSecond, quote) => {
    const report = await auditVendor({ deals: hubSpot(perSecond, quote) });
    expect(packOf(report)).toBe('hubspot');
    expect(report.shape).toBe('stageDates');
    expect(noticesOf(report, 'stage-dates/')).toMatchObject([
      ['stage-dates/time-unit', { unit: { text: { en: unit } }, deals: 3 }],
      ['stage-dates/hidden-re-entries', { deals: 1 }],
    ]);
    expect(outcomesOf(report)).toBe('3 won, 0 lost, 0 open');
  });

  it('are left alone where no dates speak for a unit', async () => {
    const deals = hubSpot(0.000_000_1, ['"', '"']);
    const report = await auditVendor({ deals });
    expect(noticesOf(report, 'stage-dates/').map(([code]) => code)).toEqual(['stage-dates/time-unit-unknown']);
  });
});

describe('dates of stages kept by hand', () => {
  it.each([
    ['进入线索阶段时间,进入需求确认阶段时间,进入方案报价阶段时间', '线索', '需求确认', '方案报价'],
    ['线索日期,需求确认日期,方案报价时间', '线索', '需求确认', '方案报价'],
    ['Lead date,Qualified date,Proposal date', 'Lead', 'Qualified', 'Proposal'],
  ])('are read from %s', async (header, lead, qualified, proposal) => {
    const deals = `deal_id,stage,amount,created_at,close_date,owner,${header}
1,Won,100,2026-02-01,2026-05-20,李娜,2026-02-01,2026-03-01,2026-04-01
2,${proposal},100,2026-02-01,2026-07-20,李娜,2026-02-05,2026-03-05,2026-04-05
3,${qualified},100,2026-02-01,2026-07-20,李娜,2026-02-07,2026-03-07,
4,${lead},100,2026-02-01,2026-07-20,李娜,2026-02-09,,
`;
    const report = await auditVendor({ deals });
    expect(report.shape).toBe('stageDates');
    expect(outcomesOf(report)).toBe('1 won, 0 lost, 3 open');
  });

  it('are not the dates of closing and creation, however a stage is called', async () => {
    const deals = `id,stage,amount,Created date,Close date,Contract date,owner
1,Contract,100,2026-02-01,2026-05-20,2026-03-01,Ana
2,Close,100,2026-02-01,2026-07-20,2026-03-05,Ana
`;
    expect((await auditVendor({ deals })).shape).toBe('snapshot');
  });
});

describe('a status beside the stage', () => {
  it('tells won and lost deals of a sheet kept by hand', async () => {
    const deals = `商机编号,商机名称,阶段,状态,金额,负责人
1,甲,方案报价,赢单,100,李娜
2,乙,需求确认,输单,200,李娜
3,丙,商务谈判,进行中,300,王强
`;
    const report = await auditVendor({ deals });
    expect(outcomesOf(report)).toBe('1 won, 1 lost, 1 open');
  });

  it('does not decide where the stages tell as well', async () => {
    const deals = `id,stage,status,amount,owner
1,Won,Lost,100,Ana
2,Proposal,Lost,200,Ana
3,Lead,Open,200,Ana
`;
    const report = await auditVendor({ deals });
    expect(outcomesOf(report)).toBe('1 won, 0 lost, 2 open');
    expect(noticesOf(report, 'stage/')).toEqual([]);
    expect(report.rules.find(({ id }) => id === 'stage/status-mismatch')?.counts.violating).toBe(2);
  });
});

describe('what the table tells beyond the dates of its stages', () => {
  const dates = ALL.map((stage) => `Date entered ${stage}`).join(',');
  const header = `Record ID,Deal Name,Deal Stage,Amount,Close Date,Last Modified Date,Deal owner,${dates}`;

  it('ends the last stay on its exit date where the next stage has no entry of its own', async () => {
    const deals = `${header},Date exited ${ALL[0]},Date exited ${ALL[1]}
1,Alpha,presentationscheduled,100,2026-07-01,,Ana,2026-03-01,2026-03-05,,,,2026-03-05,2026-03-20
2,Beta,closedlost,100,2026-04-30,,Ana,2026-03-01,2026-03-05,,,,2026-03-05,2026-03-25
3,Gamma,qualifiedtobuy,100,2026-07-01,,Ana,2026-03-01,2026-03-05,,,,2026-03-05,
`;
    expect(staysOf(await datasetOf({ deals }))).toEqual([
      [
        'appointmentscheduled 03-01–03-05 forward',
        'qualifiedtobuy 03-05–03-20 forward',
        'presentationscheduled 03-20– open',
      ],
      ['appointmentscheduled 03-01–03-05 forward', 'qualifiedtobuy 03-05–03-25 lost', 'closedlost 03-25– open'],
      ['appointmentscheduled 03-01–03-05 forward', 'qualifiedtobuy 03-05– open'],
    ]);
  });

  it('closes deals by their closing date, never before they came to their last stage', async () => {
    const deals = `${header}
1,Alpha,closedwon,100,2026-04-02,,Ana,2026-03-01,2026-03-05,,,
2,Beta,closedwon,100,2026-03-02,,Ana,2026-03-01,2026-03-05,,,
3,Gamma,closedlost,100,2026-09-02,2026-03-31,Ana,2026-03-01,2026-03-05,,,
4,Delta,closedlost,100,,,Ana,2026-03-01,2026-03-05,,,
`;
    const last = staysOf(await datasetOf({ deals })).map((stays) => stays.at(-1));
    expect(last).toEqual([
      'closedwon 04-02– open',
      'closedwon 03-05– open',
      'closedlost 03-31– open',
      'closedlost 03-05– open',
    ]);
  });
});
