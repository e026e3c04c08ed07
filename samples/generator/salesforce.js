import { AS_OF, isoSecond, quarterOf, usDay } from './calendar.js';
import { jsonFile, toCsv, utf8 } from './csv.js';
import { createDeals } from './deals.js';
import { provenFindings } from './expected-findings.js';
import { plantFaults } from './faults.js';
import { closedStage, openStage } from './funnel-stage.js';
import { ENGLISH_PEOPLE, englishCompanies } from './names.js';
import { createChance } from './random.js';
import { salesforceHistory } from './salesforce-history.js';
import { salesforceId } from './salesforce-id.js';

/** @type {import('./journeys.js').Funnel} */
const FUNNEL = {
  stages: [
    openStage('prospecting', 'Prospecting', 0.1, 12, 0.8),
    openStage('qualification', 'Qualification', 0.1, 18, 0.76),
    openStage('needs-analysis', 'Needs Analysis', 0.2, 22, 0.84),
    openStage('value-proposition', 'Value Proposition', 0.5, 14, 0.88),
    openStage('id-decision-makers', 'Id. Decision Makers', 0.6, 12, 0.92),
    openStage('perception-analysis', 'Perception Analysis', 0.7, 11, 0.94),
    openStage('proposal-price-quote', 'Proposal/Price Quote', 0.75, 28, 0.84, ['amount', 'close']),
    openStage('negotiation-review', 'Negotiation/Review', 0.9, 23, 0.85),
    closedStage('closed-won', 'Closed Won', 'won', ['amount', 'close']),
    closedStage('closed-lost', 'Closed Lost', 'lost', []),
  ],
  proposal: 'proposal-price-quote',
  amountsFrom: 2,
  skips: 0.12,
  returns: 0.05,
  reopens: 0.05,
};

const PRODUCTS = ['Platform', 'Analytics add-on', 'Support plan', 'Migration', 'Training', 'Data connector'];
const STEPS = [
  'Send proposal',
  'Call the sponsor',
  'Security review',
  'Book the demo',
  'Legal review',
  'Confirm budget',
];
const CATEGORIES = ['Pipeline', 'Pipeline', 'Pipeline', 'Pipeline', 'Best Case', 'Best Case', 'Best Case', 'Commit'];
const REPORT = 'Pipeline review: all opportunities';

/** @type {import('./faults.js').FaultPlan} */
const PLAN = {
  amountMissingOpen: 7,
  amountMissingWon: 3,
  amountNotPositive: 3,
  closePastDue: 13,
  createdAfterClosed: 3,
  wonWithoutDate: 2,
  lostWithoutDate: 1,
  ownerMissing: 5,
  dormant: 9,
  lossReasonMissing: 0,
  openProbability: 3,
  closedProbability: 6,
  sameId: 2,
  sameDeal: 3,
  unknownStages: ['Pilot', 'Pilot', 'Verbal OK'],
  variants: [
    { stage: 'closed-won', text: 'closed won ' },
    { stage: 'closed-won', text: 'CLOSED WON' },
    { stage: 'closed-lost', text: 'Closed  lost' },
    { stage: 'needs-analysis', text: 'needs analysis' },
  ],
  unreadableAmounts: ['about 50k', 'see quote'],
  unreadableDates: ['after the summer'],
};

/** @returns {import('./deals.js').Story} */
function story(chance) {
  const companies = englishCompanies(chance, 190);
  const qualities = [1.12, 1.08, 1.02, 1, 0.98, 0.96, 0.93, 0.84];
  return {
    funnel: FUNNEL,
    count: 420,
    firstDay: Date.UTC(2025, 9, 1),
    medianAmount: 28_000,
    amountStep: 500,
    owners: qualities.map((quality, index) => ({ name: ENGLISH_PEOPLE[index], quality, weight: 1 + (index % 3) / 2 })),
    sources: [
      { name: 'Referral', quality: 1.1, weight: 2 },
      { name: 'Web', quality: 0.98, weight: 4 },
      { name: 'Trade Show', quality: 1, weight: 2 },
      { name: 'Purchased List', quality: 0.84, weight: 2 },
    ],
    lossReasons: [{ name: 'not exported', weight: 1 }],
    types: [
      { name: 'New Customer', weight: 6 },
      { name: 'Existing Customer - Upgrade', weight: 3 },
    ],
    id: (draw) => salesforceId('006', draw),
    title: (draw, created) => {
      const account = draw.pick(companies);
      const stem = account.slice(0, account.lastIndexOf(' '));
      return { account, name: `${stem} - ${draw.pick(PRODUCTS)} ${quarterOf(created)}`, extra: draw.pick(STEPS) };
    },
  };
}

const HEADER =
  'Opportunity ID|Opportunity Name|Account Name|Opportunity Owner|Stage|Amount Currency|Amount|Probability (%)|' +
  'Expected Revenue|Close Date|Created Date|Last Modified Date|Last Activity|Lead Source|Type|Forecast Category|Next Step';

/** Cells a row that a careless paste has cut off lacks at its end. */
const CELLS_CUT_OFF = 2;

function reportRow(deal, isRagged) {
  const isOpen = (deal.stage?.kind ?? 'open') === 'open';
  const cells = [
    deal.id,
    deal.name,
    deal.account,
    deal.owner,
    deal.stageText,
    'USD',
    deal.amountText ?? (deal.amount === null ? '' : deal.amount.toFixed(2)),
    Math.round(deal.probability * 100),
    deal.amount === null ? '' : (deal.amount * deal.probability).toFixed(2),
    deal.closeText ?? (deal.close === null ? '' : usDay(deal.close)),
    usDay(deal.created),
    usDay(deal.modified),
    usDay(deal.activity),
    deal.source,
    deal.type,
    forecastCategory(deal.stage),
    isOpen ? deal.extra : '',
  ];
  return isRagged ? cells.slice(0, -CELLS_CUT_OFF) : cells;
}

/** @param {import('./journeys.js').FunnelStage | null} stage */
export function forecastCategory(stage) {
  if (stage?.kind === 'won') return 'Closed';
  if (stage?.kind === 'lost') return 'Omitted';
  return CATEGORIES[stage === null ? 0 : FUNNEL.stages.indexOf(stage)];
}

/** A details report with the title block of a formatted one above it and the footer of the vendor below. */
export function salesforceSample() {
  const chance = createChance(20261101);
  const plot = story(chance);
  const deals = createDeals(chance, plot);
  const { planted, ragged } = plantFaults(chance, plot, deals, PLAN);
  const title = [[REPORT], [`As of ${isoSecond(Date.UTC(2026, 9, 31, 17, 30))} Pacific Daylight Time/PDT`], []];
  const footer = [
    [],
    [REPORT],
    ['Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved.'],
    ['Confidential Information - Do Not Distribute'],
    [`Generated By: ${ENGLISH_PEOPLE[0]} ${usDay(Date.UTC(2026, 9, 31))} 5:30 PM`],
    ['Umberline Software'],
  ];
  const rows = deals.map((deal) => reportRow(deal, deal === ragged));
  const history = salesforceHistory(chance, FUNNEL, deals);
  const account = {
    asOf: AS_OF,
    'opportunities.csv': {
      rows: rows.length,
      titleRows: title.length,
      footerRows: footer.length,
      raggedRows: [ragged.id],
    },
    'history.csv': { rows: history.length - 1 },
    findings: provenFindings(planted, deals, FUNNEL, ['win/loss-reason-missing']),
  };
  return new Map([
    [
      'salesforce/opportunities.csv',
      utf8(toCsv([...title, HEADER.split('|'), ...rows, ...footer], { quoteAll: true })),
    ],
    ['salesforce/history.csv', utf8(toCsv(history, { quoteAll: true }))],
    ['salesforce/planted.json', jsonFile(account)],
  ]);
}
