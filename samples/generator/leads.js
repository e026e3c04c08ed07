import { AS_OF, AS_OF_MILLIS, DAY, HOUR, isoDay, isoMinute } from './calendar.js';
import { jsonFile, toCsv, utf8 } from './csv.js';
import { CHINESE_PEOPLE, chineseCompanies } from './names.js';
import { createChance } from './random.js';

const SOURCES = ['官网', '展会', '老客户转介绍', '搜索广告'];
const INDUSTRIES = ['装备制造', '食品', '物流', '电子'];
const REGIONS = ['华东', '华南', '华中', '西南'];
const SOUND = 140;

/**
 * A lead nobody has to be told about: first reached within hours, its status looked at this week, its score the sum of
 * its parts.
 */
function soundLead(chance, company, index) {
  const created = AS_OF_MILLIS - chance.integer(3, 50) * DAY + chance.integer(9, 17) * HOUR;
  const parts = [chance.integer(8, 32), chance.integer(8, 32), chance.integer(8, 32)];
  const score = parts.reduce((sum, part) => sum + part, 0);
  const touched = AS_OF_MILLIS - chance.integer(1, 5) * DAY;
  return {
    id: `XS2026${String(index + 1).padStart(4, '0')}`,
    name: `${company.short}线索`,
    company: company.name,
    owner: CHINESE_PEOPLE[index % 6],
    source: chance.pick(SOURCES),
    status: score >= 60 ? '跟进中' : score >= 30 ? '培育中' : '暂缓',
    score,
    parts,
    created,
    reached: created + chance.integer(1, 20) * HOUR,
    claimed: touched - chance.integer(0, 3) * DAY,
    touched,
    industry: chance.pick(INDUSTRIES),
    region: chance.pick(REGIONS),
  };
}

/** Gives a lead a total of the wanted size, made of three parts. */
function scored(lead, score) {
  const part = Math.floor(score / 3);
  return { ...lead, score, parts: [part, part, score - 2 * part] };
}

/** Rule → what makes a sound lead break it, and the rules it then breaks. */
const FAULTS = [
  {
    rules: ['lead/unassigned', 'lead/never-touched', 'lead/hot-unassigned'],
    count: 3,
    spoil: (lead) => ({ ...scored(lead, 86), status: '跟进中', owner: '' }),
  },
  {
    rules: ['lead/unassigned', 'lead/never-touched'],
    count: 4,
    spoil: (lead) => ({ ...scored(lead, 66), status: '跟进中', owner: '' }),
  },
  {
    rules: ['lead/band-action-missed', 'lead/first-response-late'],
    count: 5,
    spoil: (lead) => ({ ...scored(lead, 60), status: '跟进中', reached: lead.created + 30 * HOUR }),
  },
  {
    rules: ['lead/first-response-late'],
    count: 4,
    spoil: (lead) => ({ ...scored(lead, 45), status: '培育中', reached: lead.created + 25 * HOUR }),
  },
  { rules: ['lead/band-not-nurtured'], count: 3, spoil: (lead) => ({ ...scored(lead, 30), status: '跟进中' }) },
  { rules: ['lead/band-worked-too-early'], count: 3, spoil: (lead) => ({ ...scored(lead, 29), status: '跟进中' }) },
  {
    rules: ['lead/score-sum-mismatch'],
    count: 3,
    spoil: (lead) => ({ ...scored(lead, 72), status: '跟进中', parts: [20, 20, 20] }),
  },
  { rules: ['lead/status-stale'], count: 6, spoil: (lead) => ({ ...lead, checked: AS_OF_MILLIS - 12 * DAY }) },
  { rules: ['lead/says-no-but-open'], count: 2, spoil: (lead) => ({ ...lead, notes: '客户已拒绝，不考虑更换供应商' }) },
];

const COLUMNS = {
  线索编号: (lead) => lead.id,
  线索名称: (lead) => lead.name,
  公司名称: (lead) => lead.company,
  负责人: (lead) => lead.owner,
  线索来源: (lead) => lead.source,
  线索状态: (lead) => lead.status,
  线索评分: (lead) => lead.score,
  属性分: (lead) => lead.parts[0],
  行为分: (lead) => lead.parts[1],
  智能分: (lead) => lead.parts[2],
  创建时间: (lead) => isoMinute(lead.created),
  首次联系时间: (lead) => isoMinute(lead.reached),
  领取时间: (lead) => isoDay(lead.claimed),
  最后跟进时间: (lead) => isoDay(lead.touched),
  状态更新时间: (lead) => isoDay(lead.checked ?? lead.touched),
  行业: (lead) => lead.industry,
  区域: (lead) => lead.region,
  备注: (lead) => lead.notes ?? '',
};

/** A list of leads as 简道云 exports it. */
export function leadsSample() {
  const chance = createChance(20261105);
  const planned = FAULTS.flatMap((fault) => Array.from({ length: fault.count }, () => fault));
  const companies = chineseCompanies(chance, SOUND + planned.length);
  const findings = Object.fromEntries([...new Set(FAULTS.flatMap(({ rules }) => rules))].sort().map((id) => [id, []]));
  const leads = companies.map((company, index) => {
    const fault = planned[index - SOUND];
    const lead = soundLead(chance, company, index);
    if (fault === undefined) return lead;
    for (const rule of fault.rules) findings[rule].push(lead.id);
    return fault.spoil(lead);
  });
  const rows = chance.shuffle(leads).map((lead) => Object.values(COLUMNS).map((cell) => cell(lead)));
  return new Map([
    ['leads/线索导出_20261101.csv', utf8(toCsv([Object.keys(COLUMNS), ...rows], { quoteAll: false }))],
    ['leads/planted.json', jsonFile({ asOf: AS_OF, rows: rows.length, findings })],
  ]);
}
