import { describe, expect, it } from 'vitest';
import { bestPack, headerEvidence } from '../../src/ruleset/detect.ts';
import { loadPackFields } from '../../src/ruleset/load.ts';
import { packNames } from '../../src/ruleset/pack-files.ts';

const VENDORS = new Map(
  packNames()
    .filter((name) => name !== 'recommended')
    .map((name) => [name, loadPackFields(name)] as const),
);

const EVIDENCE = headerEvidence(VENDORS, loadPackFields('recommended'));

describe('bestPack', () => {
  it.each([
    ['salesforce', ['Opportunity ID', 'Opportunity Name', 'Stage', 'Amount', 'Close Date']],
    ['salesforce', ['Id', 'IsDeleted', 'AccountId', 'StageName', 'CloseDate', 'OwnerId']],
    ['hubspot', ['Record ID', 'Deal Name', 'Deal Stage', 'Deal owner', 'Amount', 'Close Date']],
    [
      'fxiaoke',
      ['商机名称（必填）', '商机2.0', '销售阶段', '负责人主属部门', '最后跟进时间', '商机金额', '唯一性ID（必填）'],
    ],
    ['hubspot', ['Deal Name', 'Deal Stage', 'Deal owner', 'Amount', 'Close Date', 'Pipeline']],
    ['pipedrive', ['Deal - ID', 'Deal - Title', 'Deal - Value', 'Deal - Stage', 'Deal - Status']],
    ['pipedrive', ['Title', 'Value', 'Organization', 'Stage', 'Status', 'Expected close date', 'Deal created']],
    ['zoho', ['Record Id', 'Deal Owner.id', 'Deal Owner', 'Amount', 'Deal Name', 'Closing Date', 'Stage']],
    ['zoho', ['Potential Name', 'Potential Owner', 'Created Time', 'Closing Date', 'Amount', 'Stage']],
    ['dynamics', ['(Do Not Modify) Opportunity', '(Do Not Modify) Modified On', 'Topic', 'Status']],
    ['dynamics', ['Topic', 'Est. close date', 'Est. revenue', 'Contact', 'Status']],
    ['odoo', ['Opportunity', 'Customer', 'Salesperson', 'Sales Team', 'Expected Revenue', 'Stage', 'Expected Closing']],
    ['salesforce', ['Opportunity Owner', 'Lead Source', 'Amount', 'Stage']],
    ['fxiaoke', ['商机名称', 'sales_stage__r', 'sales_status__r', 'amount', 'owner__r', 'close_date']],
  ])('tells %s', (pack, headers) => {
    expect(bestPack(headers, EVIDENCE)).toBe(pack);
  });

  it.each([
    ['headers that anybody uses', ['Deal ID', 'Name', 'Account', 'Stage', 'Amount', 'Close Date', 'Owner', 'Created']],
    ['canonical names', ['id', 'name', 'stage', 'amount', 'owner', 'created', 'close', 'status', 'probability']],
    ['one tell-tale header', ['Opportunity Owner', 'Amount']],
    ['plain words of a sheet kept by hand', ['Opportunity', 'Customer', 'Salesperson', 'Stage', 'Amount']],
    ['plain words of another', ['Title', 'Organization', 'Contact person', 'Value', 'Stage', 'Status', 'Owner']],
    ['what two vendors have', ['Record ID', 'Deal owner', 'Amount', 'Stage', 'Probability']],
    [
      'Chinese headers that anybody uses',
      ['商机名称', '客户名称', '商机阶段', '商机金额', '负责人', '创建时间', '省份'],
    ],
    ['no headers', []],
  ])('tells nothing from %s', (_, headers) => {
    expect(bestPack(headers, EVIDENCE)).toBeNull();
  });
});
