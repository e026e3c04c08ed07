import { describe, expect, it } from 'vitest';
import { auditVendor, fieldsOf, noticesOf, outcomesOf, packOf, verdictOf } from './vendor-audit.ts';

const PIPEDRIVE = `Deal - ID,Deal - Title,Deal - Value,Deal - Currency,Deal - Pipeline,Deal - Stage,Deal - Status,Deal - Owner,Deal - Organization,Deal - Weighted value,Deal - Expected close date,Deal - Deal created,Deal - Last stage change,Deal - Won time,Deal - Lost time,Deal - Lost reason
1,Alpha rollout,1200.0,EUR,Sales,Negotiations Started,Won,Ana,Alpha,1200.0,2026-05-01,2026-03-02 09:00,2026-04-20 10:00,2026-05-02 11:00,,
2,Beta,800.0,EUR,Sales,Contact Made,Lost,Ben,Beta,0,2026-05-11,2026-03-05 09:00,2026-04-01 10:00,,2026-05-03 08:00,Price
3,Gamma,500.0,EUR,Sales,Proposal Made,Open,Ana,Gamma,250,2026-07-01,2026-04-05 09:00,2026-05-01 10:00,,,
4,Delta,900.0,EUR,Sales,Qualified,Lost,Ben,Delta,0,2026-06-11,2026-04-15 09:00,2026-04-15 09:00,,2026-05-13 08:00,No budget
5,Epsilon,700.0,EUR,Sales,Demo Scheduled,Open,Ana,Epsilon,300,2026-08-01,2026-05-05 09:00,2026-05-21 10:00,,,
`;

describe('Pipedrive', () => {
  it('is told by its prefix, and won and lost by the status', async () => {
    const report = await auditVendor({ deals: PIPEDRIVE });
    expect(packOf(report)).toBe('pipedrive');
    expect(fieldsOf(report)).toMatchObject({
      id: 'Deal - ID',
      name: 'Deal - Title',
      amount: 'Deal - Value',
      currency: 'Deal - Currency',
      stage: 'Deal - Stage',
      status: 'Deal - Status',
      account: 'Deal - Organization',
      expected_revenue: 'Deal - Weighted value',
      stage_entered: 'Deal - Last stage change',
      closed: 'Deal - Lost time',
      loss_reason: 'Deal - Lost reason',
    });
    expect(outcomesOf(report)).toBe('1 won, 2 lost, 2 open');
    expect(noticesOf(report, 'stage/')).toEqual([
      ['stage/won-by-status', { header: 'Deal - Status', deals: 1 }],
      ['stage/lost-by-status', { header: 'Deal - Status', deals: 2 }],
    ]);
    expect(verdictOf(report, 'stage/status-mismatch')).toBe('pass 0');
  });

  it('reads the headers of the list view, the words of another language and serial dates', async () => {
    const deals = `ID,Title,Value,Organization,Stage,Status,Owner,Expected close date,Deal created
1,Alpha,1200,Alpha,Qualified,Gewonnen,Ana,46143,45992
2,Beta,800,Beta,Contact Made,Verloren,Ben,46143,45992
3,Gamma,500,Gamma,Demo Scheduled,Offen,Ana,46200,46000
`;
    const report = await auditVendor({ deals });
    expect(packOf(report)).toBe('pipedrive');
    expect(outcomesOf(report)).toBe('1 won, 1 lost, 1 open');
    expect(report.rules.find(({ id }) => id === 'field/unreadable')?.counts.violating).toBe(0);
  });
});

describe('Zoho', () => {
  it('takes the name of a reference rather than its id', async () => {
    const deals = `Record Id,Deal Owner.id,Deal Owner,Amount,Deal Name,Closing Date,Account Name.id,Account Name,Stage,Pipeline.id,Pipeline,Created By.id,Created By,Created Time,Modified Time,Last Activity Time,Reason For Loss,Currency
zcrm_1,zcrm_90,Ana,1200,Alpha,2026-05-02,zcrm_51,Alpha Ltd,Closed Won,,Standard,zcrm_91,Import,2026-03-01 10:00:00,2026-05-02 10:00:00,2026-05-01 10:00:00,,USD
zcrm_2,zcrm_90,Ana,800,Beta,2026-05-03,zcrm_52,Beta Ltd,Closed Lost to Competition,,Standard,zcrm_91,Import,2026-03-01 10:00:00,2026-05-03 10:00:00,2026-05-01 10:00:00,Price,USD
zcrm_3,zcrm_92,Ben,500,Gamma,2026-07-02,zcrm_53,Gamma Ltd,Needs Analysis,,Standard,zcrm_91,Import,2026-04-01 10:00:00,2026-05-12 10:00:00,2026-05-11 10:00:00,,USD
`;
    const report = await auditVendor({ deals });
    expect(packOf(report)).toBe('zoho');
    expect(fieldsOf(report)).toMatchObject({ owner: 'Deal Owner', account: 'Account Name', pipeline: 'Pipeline' });
    expect(outcomesOf(report)).toBe('1 won, 1 lost, 1 open');
  });

  it('reads the dates and amounts of Zoho Analytics', async () => {
    const deals = `Potential Name,Potential Owner,Created Time,Closing Date,Amount,Expected Revenue,Stage,Forecast Type,Type,Lead Source,Probability,Age in Days
Alpha,Ana,"15 Apr, 2021 00:02:00","30 Apr, 2021","$22,700.00","$22,700.00",Closed Won,Closed,New,Web,100,15
Beta,Ben,"16 Apr, 2021 00:02:00","30 Jun, 2021","$1,200.00","$9,700.00",Qualification,Pipeline,New,Web,10,5
`;
    const report = await auditVendor({ deals, asOf: '2021-05-01' });
    expect(packOf(report)).toBe('zoho');
    expect(fieldsOf(report)).toMatchObject({ amount: 'Amount', expected_revenue: 'Expected Revenue' });
    expect(outcomesOf(report)).toBe('1 won, 0 lost, 1 open');
    expect(verdictOf(report, 'field/unreadable')).toBe('pass 0');
  });
});

describe('Dynamics 365', () => {
  it('is told by its hidden columns, and won and lost by the status', async () => {
    const deals = `(Do Not Modify) Opportunity,(Do Not Modify) Row Checksum,(Do Not Modify) Modified On,Topic,Potential Customer,Est. close date,Est. revenue,Probability,Rating,Pipeline Phase,Status,Status Reason,Owner,Actual Close Date,Created On
a1b2c3d4-0000-0000-0000-000000000001,x1,46160.5,Alpha,Alpha Ltd,46150,1200,100,Hot,4-Close,Won,Won,Ana,46149,46000
a1b2c3d4-0000-0000-0000-000000000002,x2,46160.5,Beta,Beta Ltd,46150,800,0,Cold,2-Develop,Lost,Out-Sold,Ana,46148,46000
a1b2c3d4-0000-0000-0000-000000000003,x3,46160.5,Gamma,Gamma Ltd,46250,500,40,Warm,2-Develop,Open,In Progress,Ben,,46010
a1b2c3d4-0000-0000-0000-000000000004,x4,46160.5,Delta,Delta Ltd,46250,300,20,Warm,1-Qualify,Open,In Progress,Ben,,46020
`;
    const report = await auditVendor({ deals });
    expect(packOf(report)).toBe('dynamics');
    expect(fieldsOf(report)).toMatchObject({
      id: '(Do Not Modify) Opportunity',
      modified: '(Do Not Modify) Modified On',
      stage: 'Pipeline Phase',
      closed: 'Actual Close Date',
    });
    expect(outcomesOf(report)).toBe('1 won, 1 lost, 2 open');
    expect(verdictOf(report, 'stage/unknown')).toBe('pass 0');
  });
});

describe('Odoo', () => {
  const HEADER = 'Opportunity,Customer,Salesperson,Sales Team,Expected Revenue,Prorated Revenue,Probability,Stage';
  it('takes the expected revenue for the amount, and lost from the column that says so', async () => {
    const deals = `${HEADER},Expected Closing,Lost Reason,Created on,Is Won
Alpha,Alpha Ltd,Ana,Europe,1200,1200,100,Won,2026-05-01,,2026-03-01 10:00:00,Won
Beta,Beta Ltd,Ana,Europe,800,0,0,Proposition,2026-05-01,Too expensive,2026-03-02 10:00:00,Lost
Gamma,Gamma Ltd,Ben,Europe,500,150,30,Qualified,2026-07-01,,2026-04-02 10:00:00,Pending
`;
    const report = await auditVendor({ deals });
    expect(packOf(report)).toBe('odoo');
    expect(fieldsOf(report)).toMatchObject({ amount: 'Expected Revenue', expected_revenue: 'Prorated Revenue' });
    expect(outcomesOf(report)).toBe('1 won, 1 lost, 1 open');
  });

  it('has no lost deals where archived ones were not exported', async () => {
    const deals = `${HEADER},Expected Closing
Alpha,Alpha Ltd,Ana,Europe,1200,1200,100,Won,2026-05-01
Gamma,Gamma Ltd,Ben,Europe,500,150,30,Qualified,2026-07-01
`;
    expect(outcomesOf(await auditVendor({ deals }))).toBe('1 won, 0 lost, 1 open');
  });
});

describe('Fxiaoke', () => {
  it('reads epoch milliseconds and prefers labels to codes', async () => {
    const deals = `_id,name,account_id,account_id__r,amount,close_date,sales_stage,sales_stage__r,sales_status,sales_status__r,owner,owner__r,create_time,last_followed_time,stg_changed_time,cost_time
65a1,甲项目,c1,甲公司,12000,1777593600000,5,赢单,2,赢单,1001,李娜,1772323200000,1777507200000,1777507200000,5184000000
65a2,乙项目,c2,乙公司,8000,1777593600000,6,输单,3,输单,1001,李娜,1772323200000,1777507200000,1777507200000,5184000000
65a3,丙项目,c3,丙公司,5000,1782864000000,2,需求确定,1,进行中,1002,王强,1775001600000,1779926400000,1779926400000,432000000
`;
    const report = await auditVendor({ deals });
    expect(packOf(report)).toBe('fxiaoke');
    expect(fieldsOf(report)).toMatchObject({ stage: 'sales_stage__r', status: 'sales_status__r', owner: 'owner__r' });
    expect(Object.values(fieldsOf(report))).not.toContain('cost_time');
    expect(outcomesOf(report)).toBe('1 won, 1 lost, 1 open');
    expect(verdictOf(report, 'field/unreadable')).toBe('pass 0');
    expect(verdictOf(report, 'date/implausible')).toBe('pass 0');
  });

  it('reads stages written as option codes', async () => {
    const deals = `_id,name,account_id,amount,close_date,sales_stage,owner,create_time,stg_changed_time
65a1,甲项目,c1,12000,1777593600000,5,1001,1772323200000,1777507200000
65a2,乙项目,c2,8000,1777593600000,7,1001,1772323200000,1777507200000
65a3,丙项目,c3,5000,1782864000000,2,1002,1775001600000,1779926400000
`;
    const report = await auditVendor({ deals });
    expect(packOf(report)).toBe('fxiaoke');
    expect(outcomesOf(report)).toBe('1 won, 1 lost, 1 open');
  });

  it('flags a deal with a row for each member of its team', async () => {
    const deals = `唯一性ID（必填）,商机名称（必填）,客户名称（必填）,销售阶段（必填）,商机金额,负责人,负责人主属部门,团队角色,员工姓名,预计成交日期,创建时间
65a1,甲项目,甲公司,需求确定,¥12000,李娜,华东,负责人,李娜,2026-07-01,2026-03-01
65a1,甲项目,甲公司,需求确定,¥12000,李娜,华东,普通成员,王强,2026-07-01,2026-03-01
65a2,乙项目,乙公司,方案/报价,¥8000,王强,华东,负责人,王强,2026-07-01,2026-03-01
`;
    const report = await auditVendor({ deals });
    expect(packOf(report)).toBe('fxiaoke');
    expect(fieldsOf(report)['owner']).toBe('负责人');
    const rule = report.rules.find(({ id }) => id === 'duplicate/id');
    expect(rule?.counts.violating).toBe(2);
    expect(rule?.advice?.zh).toContain('每个商机只保留一行');
  });
});

describe('Jiandaoyun', () => {
  it('has nothing of its own: no CRM is told', async () => {
    const deals = `客户名称,商机名称,商机阶段,商机金额,负责人,归属部门,提交时间,更新时间
甲公司,甲项目,潜在客户,12000,李娜,华东,2026-03-01 10:00:00,2026-05-01 10:00:00
乙公司,乙项目,成交,8000,李娜,华东,2026-03-01 10:00:00,2026-05-01 10:00:00
`;
    const report = await auditVendor({ deals });
    expect(packOf(report)).toBeNull();
    expect(outcomesOf(report)).toBe('1 won, 0 lost, 1 open');
  });
});

describe('Salesforce and HubSpot', () => {
  it('reads a report of Salesforce', async () => {
    const deals = `"Opportunity Owner","Account Name","Opportunity Name","Stage","Fiscal Period","Amount","Expected Revenue","Probability (%)","Age","Close Date","Created Date","Next Step","Lead Source","Type"
"Ana","Alpha","Alpha rollout","Closed Won","Q2-2026","1200","1200","100","31","5/21/2026","3/15/2026","","Web","New"
"Ana","Beta","Beta","Closed Lost","Q2-2026","800","0","0","31","5/22/2026","3/16/2026","","Web","New"
"Ben","Gamma","Gamma","Needs Analysis","Q3-2026","500","100","20","31","7/21/2026","4/15/2026","Call","Web","New"
`;
    const report = await auditVendor({ deals });
    expect(packOf(report)).toBe('salesforce');
    expect(fieldsOf(report)).toMatchObject({ amount: 'Amount', expected_revenue: 'Expected Revenue' });
    expect(outcomesOf(report)).toBe('1 won, 1 lost, 1 open');
  });

  it('reads a list export of HubSpot with internal ids of stages', async () => {
    const deals = `Record ID,Deal Name,Pipeline,Deal Stage,Amount,Create Date,Close Date,Deal owner
101,Alpha,Sales Pipeline,closedwon,1200,2026-03-04 10:22,2026-05-04 10:22,Ana
102,Beta,Sales Pipeline,closedlost,800,2026-03-04 10:22,2026-05-04 10:22,Ana
103,Gamma,Sales Pipeline,Qualified to Buy,500,2026-03-04 10:22,2026-07-04 10:22,Ben
`;
    const report = await auditVendor({ deals });
    expect(packOf(report)).toBe('hubspot');
    expect(outcomesOf(report)).toBe('1 won, 1 lost, 1 open');
  });
});
