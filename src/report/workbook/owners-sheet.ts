import { addMoney, emptyMoneySum, type MoneySum, moneyTotal } from '../../dataset/values/money-sum.ts';
import { say, type Text } from '../../i18n/text.ts';
import type { CompletenessResult } from '../../metrics/completeness/completeness.ts';
import { resultOf } from '../metric-result.ts';
import type { ReportFinding } from '../report.ts';
import { amountCell, numberCell, proseCell, rateCell, textCell } from './cells.ts';
import type { Frame } from './frame.ts';
import { columnOf } from './sheet-rows.ts';
import { amountTitle, sortedCurrencies } from './words.ts';
import type { Cell, WorkbookRow, WorkbookSheet } from './workbook.ts';

/** What the findings say of one owner. */
interface OwnerTally {
  readonly severities: Record<ReportFinding['severity'], number>;
  known: number;
  /** Findings by rule. */
  readonly rules: Map<string, number>;
  /** Deals that an error or a warning is about; one that stands in two rows has the larger amount, as in the rules. */
  readonly deals: Map<string, ReportFinding['amount']>;
}

const NO_OWNER = say('(no owner)', '（无负责人）');
const NO_DEAL = say('(not about one deal)', '（不属于单条商机）');
const TITLES: readonly Text[] = [
  say('Owner', '负责人'),
  say('Errors', '错误'),
  say('Warnings', '警告'),
  say('Info', '提示'),
  say('Known to the baseline', '基线已知'),
  say('Deals with errors or warnings', '有错误或警告的商机'),
  say('All deals', '全部商机'),
  say('Share', '占比'),
];
const RULES = say('Rules', '规则数');
const WHICH = say('Which rules (findings)', '涉及规则（问题数）');

/** Deals are told apart by key, those without one by their row. */
function dealOf({ deal, at }: ReportFinding): string | null {
  if (deal !== null) return `key\n${deal}`;
  const row = /\d+$/.exec(at.cell ?? '')?.[0];
  return row === undefined ? null : `row\n${at.file}\n${at.sheet ?? ''}\n${row}`;
}

function createTally(): OwnerTally {
  return {
    severities: { error: 0, warn: 0, info: 0 },
    known: 0,
    rules: new Map(),
    deals: new Map(),
  };
}

function add(tally: OwnerTally, finding: ReportFinding): void {
  if (finding.known === true) {
    tally.known++;
    return;
  }
  tally.severities[finding.severity]++;
  tally.rules.set(finding.rule, (tally.rules.get(finding.rule) ?? 0) + 1);
  // Where a rule holds in spite of a finding, nothing is at stake.
  if (finding.severity === 'info') return;
  const deal = dealOf(finding);
  if (deal === null) return;
  const known = tally.deals.get(deal) ?? null;
  const { amount } = finding;
  tally.deals.set(deal, known === null || (amount !== null && amount.value > known.value) ? amount : known);
}

/** By currency, each deal once. */
function amountsOf({ deals }: OwnerTally): ReadonlyMap<string, MoneySum> {
  const sums = new Map<string, MoneySum>();
  for (const amount of deals.values()) {
    if (amount === null) continue;
    const sum = sums.get(amount.currency) ?? emptyMoneySum();
    sums.set(amount.currency, sum);
    addMoney(sum, amount.value);
  }
  return sums;
}

/** Null stands for deals without an owner, false for findings that are about no deal. */
type Owner = string | null | false;

function talliesOf(findings: readonly ReportFinding[]): ReadonlyMap<Owner, OwnerTally> {
  const tallies = new Map<Owner, OwnerTally>();
  for (const finding of findings) {
    const owner = finding.owner ?? (finding.deal === null && finding.name === null ? false : null);
    const tally = tallies.get(owner) ?? createTally();
    tallies.set(owner, tally);
    add(tally, finding);
  }
  return tallies;
}

/** Those with most errors first, then warnings; what belongs to nobody last. */
function worstFirst([a, one]: readonly [Owner, OwnerTally], [b, other]: readonly [Owner, OwnerTally]): number {
  const isNobody = (owner: Owner): number => (owner === null ? 1 : owner === false ? 2 : 0);
  return (
    isNobody(a) - isNobody(b) ||
    other.severities.error - one.severities.error ||
    other.severities.warn - one.severities.warn ||
    other.severities.info - one.severities.info ||
    (String(a) < String(b) ? -1 : 1)
  );
}

function ownerName(owner: Owner, { translator }: Frame): string {
  if (owner === false) return translator.text(NO_DEAL);
  return owner ?? translator.text(NO_OWNER);
}

/** Deals of each owner, where the report counts them. */
function dealsOf(frame: Frame): ReadonlyMap<Owner, number> {
  const owners = resultOf<CompletenessResult>(frame.report, 'completeness')?.owners ?? [];
  return new Map(owners.map(({ owner, deals }) => [owner, deals]));
}

function ruleList({ rules }: OwnerTally): string {
  const sorted = [...rules].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
  return sorted.map(([rule, count]) => `${rule} ${count}`).join(' · ');
}

function* rowsOf(frame: Frame, tallies: ReadonlyMap<Owner, OwnerTally>, currencies: readonly string[]) {
  const { translator } = frame;
  const titles = [...TITLES, ...currencies.map(amountTitle), RULES, WHICH];
  const header = titles.map((title, position): Cell => {
    const cell = { type: 'text', text: translator.text(title), look: 'header', wrap: true } as const;
    return position === 0 || position === titles.length - 1 ? cell : { ...cell, right: true };
  });
  yield { row: 1, cells: header } satisfies WorkbookRow;
  const dealsOfOwner = dealsOf(frame);
  let row = 2;
  for (const [owner, tally] of [...tallies].sort(worstFirst)) {
    const all = dealsOfOwner.get(owner) ?? null;
    const { error, warn, info } = tally.severities;
    const share = all === null || all < tally.deals.size ? null : tally.deals.size / all;
    const amounts = amountsOf(tally);
    const cells = [
      textCell(ownerName(owner, frame), owner === null || owner === false ? 'muted' : 'strong'),
      numberCell(error, translator, error > 0 ? 'error' : undefined),
      numberCell(warn, translator, warn > 0 ? 'warn' : undefined),
      numberCell(info, translator),
      numberCell(tally.known, translator),
      numberCell(owner === false ? null : tally.deals.size, translator),
      numberCell(all, translator),
      rateCell(share, translator),
      ...currencies.map((currency) => {
        const sum = amounts.get(currency);
        return amountCell(sum === undefined ? null : moneyTotal(sum));
      }),
      numberCell(tally.rules.size, translator),
      proseCell(ruleList(tally)),
    ];
    yield { row, cells } satisfies WorkbookRow;
    row++;
  }
}

/** What each owner has to work off; a deal counts once for its owner, and currencies are never added up. */
export function ownersSheet(frame: Frame): WorkbookSheet {
  const tallies = talliesOf(frame.report.findings);
  const currencies = sortedCurrencies([...tallies.values()].flatMap((tally) => [...amountsOf(tally).keys()]));
  const widths = [22, 10, 10, 10, 12, 12, 10, 10, ...currencies.map(() => 18), 8, 90];
  return {
    name: frame.names.owners,
    columns: widths.map(columnOf),
    frozen: { rows: 1, columns: 1 },
    filter: { row: 1, lastRow: tallies.size + 1, columns: widths.length },
    spaced: true,
    rows: () => rowsOf(frame, tallies, currencies),
  };
}
