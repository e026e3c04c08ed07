import { describe, expect, it } from 'vitest';
import { detectPack } from '../../src/ruleset/detect.ts';
import { loadPackFields } from '../../src/ruleset/load.ts';
import { packNames } from '../../src/ruleset/packs.ts';

const VENDORS = new Map(
  packNames()
    .filter((name) => name !== 'recommended')
    .map((name) => [name, loadPackFields(name)] as const),
);

const GENERIC = loadPackFields('recommended');

describe('detectPack', () => {
  it.each([
    ['salesforce', ['Opportunity ID', 'Opportunity Name', 'Stage', 'Amount', 'Close Date']],
    ['salesforce', ['Id', 'IsDeleted', 'AccountId', 'StageName', 'CloseDate', 'OwnerId']],
    ['hubspot', ['Record ID', 'Deal Name', 'Deal Stage', 'Deal owner', 'Amount', 'Close Date']],
    [
      'fxiaoke',
      ['商机名称（必填）', '商机2.0', '销售阶段', '负责人主属部门', '最后跟进时间', '商机金额', '唯一性ID（必填）'],
    ],
  ])('tells %s', (pack, headers) => {
    expect(detectPack(headers, VENDORS, GENERIC)).toBe(pack);
  });

  it.each([
    ['headers that anybody uses', ['Deal ID', 'Name', 'Account', 'Stage', 'Amount', 'Close Date', 'Owner', 'Created']],
    ['canonical names', ['id', 'name', 'stage', 'amount', 'owner', 'created', 'close', 'status', 'probability']],
    ['one tell-tale header', ['Opportunity Owner', 'Amount']],
    ['no headers', []],
  ])('tells nothing from %s', (_, headers) => {
    expect(detectPack(headers, VENDORS, GENERIC)).toBeNull();
  });
});
