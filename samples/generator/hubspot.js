import { AS_OF, AS_OF_MILLIS, DAY, HOUR, isoMinute, quarterOf, workingTime } from './calendar.js';
import { jsonFile, toCsv, utf8 } from './csv.js';
import { createDeals } from './deals.js';
import { provenFindings } from './expected-findings.js';
import { plantFaults } from './faults.js';
import { closedStage, openStage } from './funnel-stage.js';
import { ENGLISH_PEOPLE, englishCompanies } from './names.js';
import { createChance } from './random.js';

/** @type {import('./journeys.js').Funnel} */
const FUNNEL = {
  stages: [
    openStage('appointmentscheduled', 'Appointment Scheduled', 0.2, 11, 0.78),
    openStage('qualifiedtobuy', 'Qualified to Buy', 0.4, 20, 0.78),
    openStage('presentationscheduled', 'Presentation Scheduled', 0.6, 17, 0.8),
    openStage('decisionmakerboughtin', 'Decision Maker Bought-In', 0.8, 22, 0.86),
    openStage('contractsent', 'Contract Sent', 0.9, 15, 0.86, ['amount', 'close']),
    closedStage('closedwon', 'Closed Won', 'won', ['amount', 'close']),
    closedStage('closedlost', 'Closed Lost', 'lost', ['loss_reason']),
  ],
  proposal: 'contractsent',
  amountsFrom: 2,
  skips: 0.1,
  returns: 0.04,
  reopens: 0,
};

/** Stages whose entry date the user chose to export. */
const DATED_STAGES = ['qualifiedtobuy', 'presentationscheduled', 'contractsent', 'closedwon', 'closedlost'];
const PRODUCTS = ['Starter', 'Team plan', 'Business plan', 'Onboarding', 'Seats'];
const WIN_REASONS = ['Fit', 'Price', 'Reference customer', 'Fast rollout'];
const TEAMS = ['Mid-market', 'Mid-market', 'SMB', 'SMB', 'SMB', 'Mid-market'];

/** @type {import('./faults.js').FaultPlan} */
const PLAN = {
  amountMissingOpen: 3,
  amountMissingWon: 4,
  amountNotPositive: 2,
  closePastDue: 11,
  createdAfterClosed: 2,
  wonWithoutDate: 2,
  lostWithoutDate: 2,
  ownerMissing: 6,
  dormant: 6,
  lossReasonMissing: 12,
  openProbability: 0,
  closedProbability: 0,
  sameId: 1,
  sameDeal: 3,
  unknownStages: ['Trial', 'Trial'],
  variants: [
    { stage: 'closedwon', text: 'closed won ' },
    { stage: 'closedlost', text: 'CLOSED LOST' },
    { stage: 'presentationscheduled', text: 'presentation scheduled' },
  ],
  unreadableAmounts: ['ask finance'],
  unreadableDates: ['end of budget cycle'],
};

/** @returns {import('./deals.js').Story} */
function story(chance) {
  const companies = englishCompanies(chance, 210);
  const qualities = [1.1, 1.05, 1, 0.98, 0.94, 0.88];
  return {
    funnel: FUNNEL,
    count: 300,
    firstDay: Date.UTC(2025, 11, 1),
    medianAmount: 9_500,
    amountStep: 50,
    owners: qualities.map((quality, index) => ({ name: ENGLISH_PEOPLE[9 - index], quality, weight: 1 })),
    sources: [{ name: 'not exported', quality: 1, weight: 1 }],
    lossReasons: [
      { name: 'Price', weight: 5 },
      { name: 'No decision', weight: 5 },
      { name: 'Chose a competitor', weight: 4 },
      { name: 'Missing feature', weight: 3 },
      { name: 'Other', weight: 2 },
    ],
    types: [
      { name: 'New Business', weight: 7 },
      { name: 'Existing Business', weight: 3 },
    ],
    id: (draw) => String(41_000_000_000 + draw.integer(0, 999_999_999)),
    title: (draw, created) => {
      const account = draw.pick(companies);
      return {
        account,
        name: `${account} / ${draw.pick(PRODUCTS)} ${quarterOf(created)}`,
        extra: draw.pick(WIN_REASONS),
      };
    },
  };
}

const COLUMNS =
  'Record ID|Deal Name|Pipeline|Deal Stage|Amount|Currency|Create Date|Close Date|Deal owner|HubSpot Team|' +
  'Associated Company|Deal Type|Last Modified Date|Last Activity Date|Next Activity Date|Closed Lost Reason|Closed Won Reason';

function header() {
  const dated = DATED_STAGES.map((id) => FUNNEL.stages.find((stage) => stage.id === id)?.text);
  return [...COLUMNS.split('|'), ...dated.map((text) => `Date entered "${text} (Sales Pipeline)"`)];
}

/** Cells a row that a careless paste has cut off lacks at its end. */
const CELLS_CUT_OFF = 3;

function exportRow(chance, plot, deal, isRagged) {
  const isOpen = (deal.stage?.kind ?? 'open') === 'open';
  const next = workingTime(AS_OF_MILLIS + chance.integer(1, 11) * DAY, chance);
  const cells = [
    deal.id,
    deal.name,
    'Sales Pipeline',
    deal.stageText,
    deal.amountText ?? deal.amount ?? '',
    'USD',
    isoMinute(deal.created),
    deal.closeText ?? closeTime(deal),
    deal.owner,
    TEAMS[plot.owners.findIndex(({ name }) => name === deal.owner)] ?? '',
    deal.account,
    deal.type,
    isoMinute(deal.modified),
    isoMinute(deal.activity),
    isOpen && chance.happens(0.75) ? isoMinute(next) : '',
    deal.lossReason,
    deal.stage?.kind === 'won' ? deal.extra : '',
    ...DATED_STAGES.map((id) => lastEntry(deal, id)),
  ];
  return isRagged ? cells.slice(0, -CELLS_CUT_OFF) : cells;
}

/** The vendor stamps the time of closing; a date somebody picked is the end of that working day. */
function closeTime(deal) {
  if (deal.close === null) return '';
  const isStamped = deal.stage !== null && deal.stage.kind !== 'open' && deal.close === deal.agreedClose;
  return isoMinute(isStamped ? deal.stays[deal.stays.length - 1].at : deal.close + 17 * HOUR);
}

/** Only the latest entry into a stage is kept by the vendor. */
function lastEntry(deal, id) {
  const stay = deal.stays.findLast(({ stage }) => stage === id);
  return stay === undefined ? '' : isoMinute(stay.at);
}

/** A list export with labels, newest deals first, and a date of entry for some stages. */
export function hubspotSample() {
  const chance = createChance(20261102);
  const plot = story(chance);
  const deals = createDeals(chance, plot).reverse();
  const { planted, ragged } = plantFaults(chance, plot, deals, PLAN);
  const rows = deals.map((deal) => exportRow(chance, plot, deal, deal === ragged));
  const account = {
    asOf: AS_OF,
    'deals.csv': { rows: rows.length, titleRows: 0, footerRows: 0, raggedRows: [ragged.id] },
    findings: provenFindings(planted, deals, FUNNEL, [
      'deal/open-probability-extreme',
      'deal/closed-probability-wrong',
    ]),
  };
  return new Map([
    ['hubspot/deals.csv', utf8(toCsv([header(), ...rows], { quoteAll: false }))],
    ['hubspot/planted.json', jsonFile(account)],
  ]);
}
