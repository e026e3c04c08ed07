import type { Redactor } from './redactor.ts';
import type { AuditReport } from './report.ts';

/** What metrics call a thing that has no value of a cell in it: their own words. */
const OWN_WORDS: ReadonlySet<string> = new Set([
  'basis',
  'because',
  'bound',
  'by',
  'check',
  'checks',
  'clock',
  'code',
  'covers',
  'cycle',
  'dimension',
  'direction',
  'flag',
  'headline',
  'kind',
  'length',
  'method',
  'metric',
  'model',
  'notes',
  'per',
  'period',
  'practice',
  'promises',
  'rankedBy',
  'scope',
  'segment',
  'step',
  'test',
  'tiesBy',
  'unit',
  'unknown',
  'where',
  'windowFrom',
  'written',
]);
/** What holds a value of a cell, whatever it looks like. */
const VALUES: ReadonlySet<string> = new Set(['account', 'category', 'deal', 'name', 'owner', 'reason', 'value']);
/** Where deals and cells stand in a file. */
const PLACES: ReadonlySet<string> = new Set(['at', 'currency']);
/** Names of the contract, such as `dealKeys`; a text of the customer is none but by chance. */
const CONTRACT_NAME = /^[a-z][A-Za-z0-9_]*$/;
/** A year, quarter, month, week or day. */
const PERIOD = /^\d{4}(-(Q[1-4]|W\d{2}|\d{2}(-\d{2})?))?$/;

interface Walk {
  readonly redactor: Redactor;
  /** Ids of stages and fields, and codes of currencies. */
  readonly ids: ReadonlySet<string>;
}

/** A word of the contract keeps its meaning also where a cell holds the same text. */
function isOwn(text: string, key: string, { ids }: Walk): boolean {
  if (VALUES.has(key)) return false;
  return OWN_WORDS.has(key) || ids.has(text) || PERIOD.test(text);
}

function withoutValuesOfDeal(entries: [string, unknown][], { secrets }: Redactor): [string, unknown][] {
  if (!entries.some(([key]) => key === 'deal')) return entries;
  return entries.map(([key, value]) => {
    const isSecret =
      (key === 'amount' && secrets.fields.has('amount')) || (key === 'closeDate' && secrets.fields.has('close'));
    return [key, isSecret ? null : value];
  });
}

function walkRecord(record: object, key: string, walk: Walk): unknown {
  if (ArrayBuffer.isView(record)) return record;
  const { redactor, ids } = walk;
  const { en, zh } = record as { readonly en?: unknown; readonly zh?: unknown };
  // Prose in two languages; a value that stands for itself reads the same in both.
  if (typeof en === 'string' && typeof zh === 'string' && en !== zh) return record;
  const entries = withoutValuesOfDeal(Object.entries(record), redactor);
  return Object.fromEntries(
    entries.map(([name, value]) => {
      if (PLACES.has(name)) return [name, value];
      const isContract = CONTRACT_NAME.test(name) || ids.has(name);
      return [
        isContract ? name : redactor.searched(name),
        walkValue(value, name === 'en' || name === 'zh' ? key : name, walk),
      ];
    }),
  );
}

/** @param key what the value, or the list it is in, is called */
function walkValue(value: unknown, key: string, walk: Walk): unknown {
  if (typeof value === 'string') return isOwn(value, key, walk) ? value : walk.redactor.searched(value);
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? value.map((each) => walkValue(each, key, walk)) : walkRecord(value, key, walk);
}

/** What metrics found, without secrets; every figure stays as it is. */
export function redactedMetrics(
  report: AuditReport,
  currencies: readonly string[],
  redactor: Redactor,
): AuditReport['metrics'] {
  const { stages, fields } = report.labels;
  const walk: Walk = { redactor, ids: new Set([...Object.keys(stages), ...Object.keys(fields), ...currencies]) };
  return Object.fromEntries(
    Object.entries(report.metrics).map(([name, metric]) => [
      name,
      { ...metric, result: walkValue(metric.result, '', walk) },
    ]),
  );
}
