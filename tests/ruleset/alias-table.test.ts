import { describe, expect, it } from 'vitest';
import { mapHeaders } from '../../src/dataset/columns/mapping.ts';
import { loadRuleset } from '../../src/ruleset/load.ts';

/** Where a header was seen: the pack that is in force for such a file, null for files of no known CRM. */
const PACKS: Readonly<Record<string, readonly (string | null)[]>> = {
  SF: ['salesforce'],
  HS: ['hubspot'],
  PD: ['pipedrive'],
  ZO: ['zoho'],
  DY: ['dynamics'],
  OD: ['odoo'],
  FX: ['fxiaoke'],
  JD: ['jdy-5', 'jdy-6'],
  any: [null],
};

/** Field, then for each kind of file the headers that mean it. Ratings in words are no score and are not here. */
const DEALS = `
id | SF Id, Opportunity ID | HS Record ID, hs_object_id | PD ID, Pipedrive System ID | ZO Record Id, Deal Id | DY (Do Not Modify) Opportunity | FX _id, 唯一性ID | any 商机编码, 商机编号
name | SF Name, Opportunity Name | HS Deal Name, dealname | PD Title | ZO Deal Name, Potential Name | DY Topic | OD Opportunity | FX name, 商机名称 | any 商机名称, 商机, 项目名称, 客户姓名, 销售机会名称
account | SF AccountId, Account Name | PD Organization | ZO Account Name, Company Name | DY Account/Potential Customer | OD Customer | FX account_id__r, 客户名称 | JD 客户名称 | any Company, 客户名称, 客户, 客户公司
stage | SF StageName, Stage, Étape | HS Deal Stage, dealstage | PD Stage, Stage (pipeline), Etapp | ZO Stage | DY Sales Stage, Pipeline Phase | OD Stage | FX sales_stage, sales_stage__r, 商机阶段, 销售阶段 | any Stage, 销售阶段, 跟进阶段
status | PD Status | DY Status | FX sales_status, sales_status__r, 阶段状态, 商机状态 | JD 线索状态 | any 项目状态, 跟进状态
pipeline | HS Pipeline, pipeline | PD Pipeline | ZO Pipeline, Sub-Pipeline | FX sales_process_id, sales_process_id__r, 销售流程
amount | SF Amount, Amount (converted) | HS Amount, amount | PD Value | ZO Amount | DY Est. revenue | OD Expected Revenue | FX amount, 商机金额, 预计成交金额, 成交价格 | any Deal Size, 商机金额, 业务价值, 预计合同金额(含税), 含税金额, 合同金额, 金额, 销售金额
currency | SF CurrencyIsoCode, Amount Currency | HS Currency | PD Currency, Currency of value | ZO Currency | any 币种
probability | SF Probability, Probability (%) | PD Probability | ZO Probability | DY Probability | OD Probability | FX probability, 赢率 | any Stage (as %), 赢单率, 赢率
created | SF CreatedDate, Created Date, Date de création | HS Create Date, createdate | PD Deal created | ZO Created Time | DY Created On | OD Created on | FX create_time, 创建时间 | JD 提交时间 | any 商机创建时间
close | SF CloseDate, Close Date, Date de clôture | HS Close Date, closedate | PD Expected close date | ZO Closing Date | DY Est. close date | OD Expected Closing | FX close_date, 预计成交日期, 预计结单日期 | any 预计成交时间, 预计成交季度, 预计签单日期, 结单日期
closed | PD Won time, Lost time, Closed on | DY Actual Close Date | OD Closed Date | FX 成交日期
modified | SF LastModifiedDate, Last Modified Date | ZO Modified Time | DY Modified On, (Do Not Modify) Modified On | FX last_modified_time, 最后修改时间 | JD 更新时间
activity | SF LastActivityDate | HS Last Activity Date, Last Contacted | PD Last activity date | ZO Last Activity Time | FX last_followed_time, 最后跟进时间 | JD 最后跟进时间 | any Last Contact, 最后跟进时间, 跟进时间
next_activity | HS Next Activity Date | PD Next activity date | DY Next Step Due Date | any 下次跟进时间
next_step | SF NextStep, Next Step | DY Next Step | any Next Step, 下一步计划
stage_entered | SF LastStageChangeDate | PD Last stage change | FX stg_changed_time | any 阶段更新日期
owner | SF OwnerId, Propriétaire de l'opportunité, Opportunity Owner | HS Deal owner, hubspot_owner_id | PD Owner | ZO Deal Owner, Potential Owner | OD Salesperson | FX owner__r, 负责人 | JD 负责人 | any Sales Rep, Owner, 负责人, 主责销售, 责任人, 销售负责人, 销售人员, 跟进销售人员, 归属销售, 所有人
team | HS HubSpot Team | OD Sales Team | FX owner_department, data_own_department, 负责人主属部门, 归属部门 | JD 归属部门 | any 销售团队, 团队, 销售单位
source | SF LeadSource, Lead Source | ZO Lead Source | JD 线索来源 | any 渠道, 来源渠道, 商机来源
type | SF Type | HS Deal Type | ZO Type | FX record_type, 业务类型 | any 商机类型
industry | any Industry, 客户行业属性, 行业
region | SF Territory2Id | FX 省份 | any 销售区域, 区域
product | FX 购买品牌, 型号 | any Product, 产品
forecast_category | SF ForecastCategoryName, ForecastCategory | ZO Forecast Type | DY Forecast Category | any 预测, 已计入FC, 承诺
loss_reason | HS Closed Lost Reason | PD Lost reason | ZO Reason For Loss | DY Status Reason | OD Lost Reason | FX 丢单原因 | any 输单原因
win_reason | HS Closed Won Reason | any 赢单原因
competitor | FX 是否有竞品参与 | any Competitor, 竞争对手
score | any 线索评分
importance | any 重要性
urgency | any 需求紧急程度, 紧急程度
decision_role | any 决策链角色
budget | any Budget, 预算
description | SF Description | HS Deal Description | ZO Description | JD 线索详情 | any 备注, 跟进记录
`;

const LOG = `
deal_id | SF OpportunityId, Opportunity ID | HS deal_id | any case:concept:name
from_stage | SF FromOpportunityStageName, From Stage | any 原阶段
to_stage | SF StageName, To Stage | any concept:name, 新阶段
changed_at | SF CreatedDate, Last Modified, Edit Date | HS timestamp | any time:timestamp, 变更时间
changed_by | SF CreatedById | any 变更人
amount_at | SF Amount | any 金额
close_at | SF CloseDate, Close Date
field | SF Field / Event | HS name | any 字段
old_value | SF Old Value | any 旧值
new_value | SF New Value | HS value | any 新值
`;

/** Header by header: field, pack, header; Pipedrive writes each with its prefix as well. */
function linesOf(table: string): readonly (readonly [field: string, pack: string | null, header: string])[] {
  const lines = table.trim().split('\n');
  return lines.flatMap((line) => {
    const [field = '', ...cells] = line.split(' | ');
    return cells.flatMap((cell) => {
      const vendor = cell.slice(0, cell.indexOf(' '));
      const headers = cell.slice(vendor.length + 1).split(', ');
      const spelt = vendor === 'PD' ? headers.flatMap((header) => [header, `Deal - ${header}`]) : headers;
      return (PACKS[vendor] ?? []).flatMap((pack) => spelt.map((header) => [field, pack, header] as const));
    });
  });
}

const rulesets = new Map<string | null, ReturnType<typeof loadRuleset>>();

function rulesOf(pack: string | null): ReturnType<typeof loadRuleset> {
  const known = rulesets.get(pack) ?? loadRuleset({ file: null, packs: pack === null ? [] : [pack] });
  rulesets.set(pack, known);
  return known;
}

describe('headers as exports have them', () => {
  it.each(linesOf(DEALS).filter(([, , header]) => header !== 'Deal - Etapp'))('%s of %s: %s', (field, pack, header) => {
    expect(mapHeaders([header], rulesOf(pack).fields).map((each) => each.field)).toEqual([field]);
  });

  it.each(linesOf(LOG))('in a change log, %s of %s: %s', (field, pack, header) => {
    expect(mapHeaders([header], rulesOf(pack).historyFields).map((each) => each.field)).toEqual([field]);
  });
});

describe('headers that mean something else', () => {
  it.each([
    ['salesforce', 'Expected Revenue', 'amount'],
    ['salesforce', 'ExpectedRevenue', 'amount'],
    ['hubspot', 'Weighted amount', 'amount'],
    ['pipedrive', 'Weighted value', 'amount'],
    ['pipedrive', 'Deal - Weighted value', 'amount'],
    ['zoho', 'Expected Revenue', 'amount'],
    ['dynamics', 'Actual Revenue', 'amount'],
    ['odoo', 'Prorated Revenue', 'amount'],
    ['fxiaoke', '预测金额', 'amount'],
    ['fxiaoke', 'probability_amount', 'amount'],
    [null, 'Weighted Value', 'amount'],
    ['fxiaoke', '创建人', 'owner'],
    ['fxiaoke', '员工姓名', 'owner'],
    ['fxiaoke', '外部负责人', 'owner'],
    ['jdy-5', '协作人', 'owner'],
    ['zoho', 'Created By', 'owner'],
    ['salesforce', 'CreatedById', 'owner'],
    ['zoho', 'Created By.id', 'owner'],
  ])('%s: %s is not the %s', (pack, header, field) => {
    const mapped = mapHeaders([header], rulesOf(pack).fields).map((each) => each.field);
    expect(mapped).not.toContain(field);
  });

  it.each([
    ['fxiaoke', 'cost_time'],
    ['pipedrive', 'Label'],
    ['zoho', 'Change Log Time'],
    ['dynamics', '(Do Not Modify) Row Checksum'],
  ])('%s: %s is no field', (pack, header) => {
    expect(mapHeaders([header], rulesOf(pack).fields)).toEqual([]);
  });
});

describe('of two columns of one thing', () => {
  it.each([
    ['fxiaoke', ['sales_stage', 'sales_stage__r'], 'stage', 1],
    ['fxiaoke', ['owner', 'owner__r', 'account_id'], 'owner', 1],
    ['zoho', ['Deal Owner.id', 'Deal Owner'], 'owner', 1],
    ['zoho', ['Account Name.id', 'Account Name'], 'account', 1],
    ['zoho', ['Account Name.id'], 'account', 0],
    ['odoo', ['Prorated Revenue', 'Expected Revenue'], 'amount', 1],
    ['dynamics', ['(Do Not Modify) Modified On', 'Modified On'], 'modified', 1],
    ['dynamics', ['Pipeline Phase', 'Sales Stage'], 'stage', 1],
  ] as const)('%s takes the better one of %s', (pack, headers, field, index) => {
    expect(mapHeaders(headers, rulesOf(pack).fields).find((each) => each.field === field)?.index).toBe(index);
  });
});
