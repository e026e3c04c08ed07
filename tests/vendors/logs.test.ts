import { describe, expect, it } from 'vitest';
import type { AuditReport } from '../../src/report/report.ts';
import { auditVendor, noticesOf, outcomesOf, packOf, verdictOf } from './vendor-audit.ts';

const SALESFORCE = `Opportunity ID,Opportunity Name,Stage,Amount,Close Date,Created Date,Opportunity Owner
0065g00000AbCdE,Alpha,Closed Won,1200,2026-05-01,2026-03-01,Ana
0065g00000AbCdF,Beta,Needs Analysis,800,2026-07-01,2026-03-02,Ana
0065g00000AbCdG,Gamma,Qualification,500,2026-07-01,2026-03-03,Ben
`;

/** Newest first; the column Stage is that of the deal, not of the change. */
const FIELD_HISTORY = `Opportunity Name,Field / Event,Old Value,New Value,Edit Date,Stage
Alpha,Stage,Needs Analysis,Closed Won,4/28/2026 3:15 PM,Closed Won
Alpha,Amount,900,1200,4/28/2026 3:15 PM,Closed Won
Alpha,Stage,Qualification,Needs Analysis,4/2/2026 9:00 AM,Closed Won
Alpha,Stage,Prospecting,Qualification,4/2/2026 9:00 AM,Closed Won
Alpha,Created.,,,3/1/2026 9:00 AM,Closed Won
Beta,Close Date,6/1/2026,7/1/2026,4/12/2026 9:00 AM,Needs Analysis
Beta,Stage,Prospecting,Needs Analysis,4/10/2026 9:00 AM,Needs Analysis
Beta,Created.,,,3/2/2026 9:00 AM,Needs Analysis
Gamma,Created.,,,3/3/2026 9:00 AM,Qualification
Omega,Created.,,,3/3/2026 9:00 AM,Qualification
`;

function stagesSeen(report: AuditReport): unknown {
  return report.history;
}

describe('the field history report of Salesforce', () => {
  it.each([
    ['newest first', FIELD_HISTORY],
    [
      'oldest first',
      FIELD_HISTORY.trim()
        .split('\n')
        .map((line, row, lines) => (row === 0 ? line : lines[lines.length - row]))
        .join('\n'),
    ],
  ])('makes journeys of the rows about the stage, %s', async (_, history) => {
    const report = await auditVendor({ deals: SALESFORCE, history });
    expect(packOf(report)).toBe('salesforce');
    expect(report.shape).toBe('history');
    expect(stagesSeen(report)).toMatchObject({ rows: 10, stays: 7, repeats: 0, otherDeals: 1, unknownStage: 0 });
    expect(noticesOf(report, 'history/')).toEqual([['history/other-fields', { rows: 2, header: 'Field / Event' }]]);
    expect(outcomesOf(report)).toBe('1 won, 0 lost, 2 open');
    expect(verdictOf(report, 'process/moved-back')).toBe('pass 0');
    expect(verdictOf(report, 'process/history-gap')).toBe('pass 0');
    expect(verdictOf(report, 'process/log-row-unused')).toBe('pass 0');
  });
});

describe('the property history of HubSpot', () => {
  it('makes journeys of the rows about dealstage', async () => {
    const deals = `Record ID,Deal Name,Deal Stage,Amount,Create Date,Close Date,Deal owner
101,Alpha,closedwon,1200,2026-03-04 10:22,2026-05-04 10:22,Ana
102,Beta,qualifiedtobuy,800,2026-03-04 10:22,2026-07-04 10:22,Ana
`;
    const history = `deal_id,timestamp,source,name,source_id,value
101,2026-03-04 10:22:00,CRM_UI,dealstage,u1,appointmentscheduled
101,2026-03-04 10:22:00,CRM_UI,amount,u1,900
101,2026-04-01 08:00:00,BATCH_UPDATE,dealstage,u1,qualifiedtobuy
101,2026-04-20 08:00:00,CRM_UI,dealstage,u1,closedwon
101,2026-04-20 08:00:00,CRM_UI,hubspot_owner_id,u1,77
102,2026-03-04 10:22:00,CRM_UI,dealstage,u1,appointmentscheduled
102,2026-03-09 10:22:00,CRM_UI,dealstage,u1,qualifiedtobuy
102,2026-03-09 10:22:00,CRM_UI,dealname,u1,Beta
`;
    const report = await auditVendor({ deals, history });
    expect(packOf(report)).toBe('hubspot');
    expect(report.history).toMatchObject({ rows: 8, stays: 5, unknownStage: 0 });
    expect(noticesOf(report, 'history/')).toEqual([['history/other-fields', { rows: 3, header: 'name' }]]);
    expect(outcomesOf(report)).toBe('1 won, 0 lost, 1 open');
  });
});

describe('a log in Chinese of all fields', () => {
  it('knows the stage by the label of its field', async () => {
    const deals = `商机编号,商机名称,商机阶段,金额,预计成交日期,负责人
1,甲,赢单,100,2026-05-01,李娜
2,乙,需求确认,200,2026-07-01,李娜
`;
    const history = `商机编号,字段,旧值,新值,变更时间
1,创建,,,2026-03-01 09:00:00
1,商机阶段,线索,需求确认,2026-03-11 09:00:00
1,负责人,王强,李娜,2026-03-12 09:00:00
1,商机阶段,需求确认,赢单,2026-04-11 09:00:00
2,创建,,,2026-03-02 09:00:00
`;
    const report = await auditVendor({ deals, history });
    expect(report.history).toMatchObject({ rows: 5, stays: 4 });
    expect(outcomesOf(report)).toBe('1 won, 0 lost, 1 open');
  });
});

describe('a log whose CRM tells won and lost by the status', () => {
  it('ends the journeys of closed deals when they closed', async () => {
    const deals = `Deal - ID,Deal - Title,Deal - Value,Deal - Stage,Deal - Status,Deal - Owner,Deal - Closed on,Deal - Expected close date
1,Alpha,1200,Demo Scheduled,Won,Ana,2026-04-20,2026-05-01
2,Beta,800,Contact Made,Lost,Ana,2026-04-10,2026-05-01
3,Gamma,500,Contact Made,Lost,Ana,,2026-07-01
4,Delta,500,Contact Made,Open,Ana,,2026-07-01
`;
    const history = `Deal ID,new_stage,changed_at
1,Qualified,2026-03-01
1,Contact Made,2026-03-05
1,Demo Scheduled,2026-03-25
2,Qualified,2026-03-02
2,Contact Made,2026-03-12
3,Contact Made,2026-03-12
4,Contact Made,2026-03-12
`;
    const report = await auditVendor({ deals, history });
    expect(packOf(report)).toBe('pipedrive');
    expect(outcomesOf(report)).toBe('1 won, 2 lost, 1 open');
    expect(verdictOf(report, 'process/history-gap')).toBe('pass 0');
  });
});

describe('earlier exports of a CRM that tells won and lost by the status', () => {
  it('show when a deal was closed', async () => {
    const header = 'Deal - ID,Deal - Title,Deal - Value,Deal - Stage,Deal - Status,Deal - Owner,Deal - Deal created';
    const earlier = `${header}\n1,Alpha,1200,Qualified,Open,Ana,2026-03-01\n2,Beta,800,Qualified,Open,Ana,2026-03-01\n`;
    const deals = `${header}\n1,Alpha,1200,Contact Made,Lost,Ana,2026-03-01\n2,Beta,800,Contact Made,Open,Ana,2026-03-01\n`;
    const report = await auditVendor({ deals, previous: [earlier] });
    expect(report.shape).toBe('snapshots');
    expect(outcomesOf(report)).toBe('0 won, 1 lost, 1 open');
  });
});
