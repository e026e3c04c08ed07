import { AS_OF, chineseDay, isoDay } from './calendar.js';
import { jsonFile } from './csv.js';
import { createDeals } from './deals.js';
import { provenFindings } from './expected-findings.js';
import { plantFaults } from './faults.js';
import { closedStage, openStage } from './funnel-stage.js';
import { CHINESE_PEOPLE, chineseCompanies } from './names.js';
import { createChance } from './random.js';
import { workbookBytes } from './workbook.js';

/** @type {import('./journeys.js').Funnel} */
const FUNNEL = {
  stages: [
    openStage('1', '验证客户', 0.1, 18, 0.74),
    openStage('2', '需求确定', 0.3, 30, 0.78),
    openStage('3', '方案/报价', 0.6, 42, 0.78, ['amount', 'close']),
    openStage('4', '谈判审核', 0.8, 32, 0.84),
    closedStage('5', '赢单', 'won', ['amount', 'close']),
    closedStage('6', '输单', 'lost', ['loss_reason']),
    closedStage('7', '无效', 'lost', []),
  ],
  proposal: '3',
  amountsFrom: 1,
  skips: 0.08,
  returns: 0.05,
  reopens: 0.02,
};

const PRODUCTS = ['MES 系统', '产线改造', '仓储系统', '质检设备', '年度维保', '数据平台'];
const DEPARTMENTS = { 李娜: '华东一部', 王浩然: '华东一部', 张雨桐: '华东二部', 陈立群: '华南区', 刘思远: '华南区' };
const STATUS = { won: '赢单', lost: '输单', open: '进行中' };
const FILE = '商机2.0对象导出结果_20261101103000.xlsx';

/** @type {import('./faults.js').FaultPlan} */
const PLAN = {
  amountMissingOpen: 6,
  amountMissingWon: 3,
  amountNotPositive: 3,
  closePastDue: 16,
  createdAfterClosed: 2,
  wonWithoutDate: 2,
  lostWithoutDate: 1,
  ownerMissing: 4,
  dormant: 12,
  lossReasonMissing: 10,
  openProbability: 3,
  closedProbability: 4,
  sameId: 2,
  sameDeal: 4,
  unknownStages: ['POC试点', '招标中'],
  variants: [
    { stage: '3', text: '方案／报价' },
    { stage: '3', text: '方案／报价' },
    { stage: '3', text: '方案／报价' },
  ],
  unreadableAmounts: ['以合同为准', '三十万左右'],
  unreadableDates: ['年底之前', '客户定'],
};

/** @returns {import('./deals.js').Story} */
function story(chance) {
  const companies = chineseCompanies(chance, 200);
  const qualities = [1.12, 1.06, 1.02, 1, 0.98, 0.95, 0.92, 0.86];
  return {
    funnel: FUNNEL,
    count: 360,
    firstDay: Date.UTC(2025, 9, 1),
    medianAmount: 180_000,
    amountStep: 1_000,
    owners: qualities.map((quality, index) => ({ name: CHINESE_PEOPLE[index], quality, weight: 1 + (index % 2) / 2 })),
    sources: [
      { name: '老客户转介绍', quality: 1.1, weight: 3 },
      { name: '展会', quality: 1, weight: 2 },
      { name: '官网', quality: 0.97, weight: 3 },
      { name: '电话营销', quality: 0.84, weight: 2 },
    ],
    lossReasons: [
      { name: '价格过高', weight: 5 },
      { name: '选择竞品', weight: 4 },
      { name: '项目取消', weight: 4 },
      { name: '需求不匹配', weight: 3 },
      { name: '其他', weight: 2 },
    ],
    types: [{ name: '预设业务类型', weight: 1 }],
    id: (draw) => `66${Array.from({ length: 22 }, () => draw.integer(0, 15).toString(16)).join('')}`,
    title: (draw, created) => {
      const company = draw.pick(companies);
      const name = `${company.short}${draw.pick(PRODUCTS)}项目（${isoDay(created).slice(0, 7)}）`;
      return { account: company.name, name, extra: company.province };
    },
  };
}

/** Header → cell of a deal, in the order of the export. */
const COLUMNS = {
  '唯一性ID（必填）': (deal) => deal.id,
  '商机名称（必填）': (deal) => deal.name,
  '客户名称（必填）': (deal) => deal.account,
  '销售流程（必填）': () => '标准销售流程',
  '商机阶段（必填）': (deal) => deal.stageText,
  阶段状态: (deal) => (deal.stage?.id === '7' ? '无效' : STATUS[deal.stage?.kind ?? 'open']),
  商机金额: (deal, chance) => deal.amountText ?? (deal.amount === null ? null : writtenAmount(deal.amount, chance)),
  赢率: (deal) => `${Math.round(deal.probability * 100)}%`,
  '预计成交日期（必填）': (deal, chance) =>
    deal.closeText ?? (deal.close === null ? null : writtenDay(deal.close, chance)),
  '负责人（必填）': (deal) => deal.owner,
  负责人主属部门: (deal) => (deal.owner === '' ? '' : (DEPARTMENTS[deal.owner] ?? '华北区')),
  最后跟进时间: (deal) => ({ moment: new Date(deal.activity) }),
  最后修改时间: (deal) => ({ moment: new Date(deal.modified) }),
  创建时间: (deal) => ({ moment: new Date(deal.created) }),
  创建人: (deal) => deal.creator,
  '业务类型（必填）': (deal) => deal.type,
  商机来源: (deal) => deal.source,
  丢单原因: (deal) => deal.lossReason,
  省份: (deal) => deal.extra,
  生命状态: () => '正常',
  锁定状态: () => '未锁定',
  外部负责人: () => '',
};

/** Numbers for the most part; some people type `¥128,000.00` or `12.8万`. */
function writtenAmount(amount, chance) {
  if (amount <= 0 || chance.happens(0.82)) return amount;
  if (chance.happens(0.5)) return `${amount / 10_000}万`;
  return `¥${String(amount).replace(/\B(?=(\d{3})+$)/g, ',')}.00`;
}

/** Dates of the spreadsheet for the most part, some as text. */
function writtenDay(day, chance) {
  if (chance.happens(0.88)) return new Date(day);
  return chance.happens(0.5) ? chineseDay(day) : isoDay(day);
}

/** A list export as the vendor names it, with a hidden sheet of options and a sum somebody put at the bottom. */
export async function fxiaokeSample() {
  const chance = createChance(20261103);
  const plot = story(chance);
  const deals = chance.shuffle(createDeals(chance, plot));
  const { planted } = plantFaults(chance, plot, deals, PLAN);
  const headers = Object.keys(COLUMNS);
  const rows = deals.map((deal) => Object.values(COLUMNS).map((cell) => cell(deal, chance)));
  const total = deals.reduce((sum, deal) => sum + (deal.amount ?? 0), 0);
  const sumRow = headers.map((header, column) => (column === 0 ? '合计' : header === '商机金额' ? total : null));
  const options = FUNNEL.stages.map(({ id, text }) => [id, text]);
  const sheets = [
    { name: '商机2.0对象数据', hidden: false, rows: [headers, ...rows, sumRow] },
    { name: 'hidden商机阶段', hidden: true, rows: [['选项编码', '选项名称'], ...options] },
  ];
  const account = {
    asOf: AS_OF,
    [FILE]: { rows: rows.length, titleRows: 0, footerRows: 1, raggedRows: [] },
    findings: provenFindings(planted, deals, FUNNEL),
  };
  return new Map([
    [`fxiaoke/${FILE}`, await workbookBytes(sheets, new Date(Date.UTC(2026, 10, 1, 10, 30)))],
    ['fxiaoke/planted.json', jsonFile(account)],
  ]);
}
