import { z } from 'zod';

/**
 * The contract of the JSON report. Keys are only ever added within a schema version; `null` is unknown, rates are 0–1,
 * units are in the names. `rules/report.schema.json` is made from this.
 */
const text = z.strictObject({ en: z.string(), zh: z.string() });

const argValue: z.ZodType<unknown> = z.lazy(() =>
  z.union([
    z.string(),
    z.number(),
    z.null(),
    z.strictObject({ field: z.string() }),
    z.strictObject({ cellOf: z.string(), value: z.string().nullable() }),
    z.strictObject({ stage: z.string() }),
    z.strictObject({ money: z.number(), currency: z.string().nullable() }),
    z.strictObject({ date: z.string() }),
    z.strictObject({ days: z.number() }),
    z.strictObject({ rate: z.number() }),
    z.strictObject({ text, args: z.lazy(() => args).optional() }),
    z.strictObject({ list: z.array(argValue) }),
  ]),
);
const args: z.ZodType<Record<string, unknown>> = z.record(z.string(), argValue);

const severity = z.enum(['error', 'warn', 'info']);
const verdict = z.enum(['pass', 'warn', 'fail', 'inconclusive', 'no-data', 'not-run']);
const counts = z.strictObject({
  checked: z.int(),
  violating: z.int(),
  unknown: z.int(),
  filteredOut: z.int(),
  excepted: z.int(),
  /** Rows that violate and that the baseline knows: they are no longer among `violating`. */
  known: z.int().optional(),
});
/** Currency code → amount; `XXX` where the file names no currency. Never added across currencies. */
const amounts = z.record(z.string(), z.number());

const plainFigure = z.strictObject({
  value: z.number().nullable(),
  count: z.number().nullable(),
  of: z.number(),
  interval: z.tuple([z.number(), z.number()]).nullable(),
  /** Rates and `points` (percentage points) are 0–1. */
  unit: z.enum(['rate', 'points', 'days', 'money', 'count', 'number']),
  currency: z.string().nullable(),
  basis: z.enum(['history', 'snapshot']),
});
const figure = plainFigure.extend({
  /** Why there is no value. */
  note: text.optional(),
  /** The two figures that the value is the difference, or the relative difference, of. */
  compared: z
    .strictObject({
      against: z.enum(['benchmark', 'history', 'probability', 'target', 'rest']),
      figure: plainFigure,
      reference: plainFigure,
    })
    .optional(),
});

const place = z.strictObject({
  file: z.string(),
  sheet: z.string().nullable(),
  /** As a spreadsheet shows it: `F47`; null when the fault has no cell. */
  cell: z.string().nullable(),
  /** 1-based physical line; differs from the row of `cell` once a quoted cell holds a line break. */
  line: z.int().nullable(),
  /** 1-based character of `line` where the cell begins; only of text files, null where the cell is not on that line. */
  column: z.int().nullable().optional(),
});

const input = z.strictObject({
  role: z.enum(['deals', 'history', 'previous', 'table']),
  /** Id of a table that deals refer to. */
  table: z.string().optional(),
  file: z.string(),
  sheet: z.string().nullable(),
  sha256: z.string(),
  encoding: z.string().nullable(),
  delimiter: z.string().nullable(),
  headerRow: z.int(),
  rows: z.strictObject({ read: z.int(), audited: z.int(), setAside: z.int(), blank: z.int() }),
  setAside: z.array(z.strictObject({ row: z.int(), line: z.int(), reason: z.string(), excerpt: z.string() })),
  columns: z.array(
    z.strictObject({
      header: z.string(),
      field: z.string().nullable(),
      confidence: z.number(),
      reading: z.record(z.string(), z.string()),
    }),
  ),
  notices: z.array(z.strictObject({ code: z.string(), args, line: z.int().nullable(), cell: z.string().nullable() })),
});

const segment = z.strictObject({
  segment: z.string().nullable(),
  verdict,
  counts,
  figure: figure.nullable(),
  amount: amounts,
});

const rule = z.strictObject({
  id: z.string(),
  kind: z.string(),
  title: text,
  why: text,
  advice: text.nullable(),
  /** Templates of the messages its findings name. */
  messages: z.record(z.string(), text),
  verdict,
  severity,
  /** Why the rule did not run. */
  reason: text.nullable(),
  counts,
  /** Share that violates while all is as usual; the verdict is on what exceeds it. */
  expectedShare: z.number().optional(),
  thresholds: z.strictObject({ warn: z.string().nullable(), fail: z.string().nullable() }),
  figure: figure.nullable(),
  amount: amounts,
  per: z.string().nullable(),
  /** What the segments are ids of, where the rule is about any stage or field. */
  parts: z.enum(['stage', 'field']).optional(),
  segments: z.array(segment),
  /**
   * Present where a saved report keeps only some of the findings of the rule: how many there were of each severity, and
   * the fingerprints of all of them, a space between each.
   */
  found: z.strictObject({ error: z.int(), warn: z.int(), info: z.int(), fingerprints: z.string() }).optional(),
  origin: z.strictObject({ file: z.string(), line: z.int() }),
});

const finding = z.strictObject({
  rule: z.string(),
  severity,
  message: z.string(),
  args,
  deal: z.string().nullable(),
  name: z.string().nullable(),
  owner: z.string().nullable(),
  field: z.string().nullable(),
  value: z.string().nullable(),
  amount: z.strictObject({ value: z.number(), currency: z.string() }).nullable(),
  at: place,
  fingerprint: z.string(),
  /** The baseline holds it, so it does not count. */
  known: z.literal(true).optional(),
});

const scorePart = z.strictObject({
  part: z.string(),
  title: text,
  value: z.number().nullable(),
  points: z.number().nullable(),
  /** Of `value`, `floor` and `target`; a rate unless told. */
  unit: z.enum(['rate', 'number']).optional(),
  floor: z.number(),
  target: z.number(),
  weight: z.number(),
});

/** A day there is, as `2026-11-01`. */
const day = z.iso.date();

const metric = z.strictObject({
  title: text,
  definition: text,
  formula: text.optional(),
  /** What the input lacks; then `result` is null. */
  missing: text.optional(),
  /** It could be computed, and was not, as the report was for the screen alone. */
  deferred: z.literal(true).optional(),
  result: z.unknown(),
});

/** The deals as parallel columns, one entry a row of the export; dates are ISO days. */
const deals = z
  .strictObject({
    /** Ids of the stages in the order of the funnel. */
    stageOrder: z.array(z.string()),
    keys: z.array(z.string().nullable()),
    names: z.array(z.string().nullable()),
    owners: z.array(z.string().nullable()),
    stages: z.array(z.string().nullable()),
    outcomes: z.array(z.enum(['open', 'won', 'lost', 'dormant', 'unknown'])),
    amounts: z.array(z.number().nullable()),
    currencies: z.array(z.string()),
    closes: z.array(z.string().nullable()),
    created: z.array(z.string().nullable()),
  })
  .refine(({ stageOrder: _, ...columns }) =>
    Object.values(columns).every(({ length }) => length === columns.keys.length),
  );

export const reportSchema = z.strictObject({
  schema: z.literal(1),
  tool: z.strictObject({ name: z.literal('funnelint'), version: z.string() }),
  lang: z.enum(['en', 'zh']),
  name: text.nullable(),
  asOf: z.strictObject({ date: day, from: z.enum(['flag', 'rules', 'fileName', 'today']) }),
  packs: z.array(z.string()),
  rulesFile: z.string().nullable(),
  /** Exchange rates that amounts were converted by: what one unit is worth in `to`. */
  rates: z.strictObject({ to: z.string(), on: z.string(), of: z.record(z.string(), z.number()) }).optional(),
  /** Fields that figures are broken down by, where somebody asked for some. */
  by: z.array(z.string()).optional(),
  inputs: z.array(input),
  shape: z.enum(['snapshot', 'stageDates', 'history', 'snapshots']),
  /** How journeys were rebuilt from dated exports: their days, oldest first, and what cannot be seen between them. */
  snapshots: z.strictObject({ dates: z.array(z.string()), possiblyUnobserved: z.int(), vanished: z.int() }).nullable(),
  /** What became of each row of the change log: a stay in a stage, or one of the reasons it is none. */
  history: z
    .strictObject({
      rows: z.int(),
      stays: z.int(),
      repeats: z.int(),
      afterAsOf: z.int(),
      unknownStage: z.int(),
      unreadableTime: z.int(),
      otherDeals: z.int(),
      /** Rows of a log of all fields that are about another one than the stage. */
      otherFields: z.int().optional(),
      tied: z.int(),
    })
    .nullable(),
  gate: z.strictObject({
    failOn: z.enum(['error', 'warn', 'never']),
    maxWarnings: z.int().nullable(),
    strict: z.boolean(),
    exitCode: z.int(),
    failing: z.int(),
    warning: z.int(),
    inconclusive: z.int(),
    notRun: z.int(),
    passing: z.int(),
  }),
  rules: z.array(rule),
  findings: z.array(finding),
  metrics: z.record(z.string(), metric),
  score: z.strictObject({ value: z.number().nullable(), coverage: z.number(), parts: z.array(scorePart) }),
  exceptions: z.array(
    z.strictObject({
      rule: z.string(),
      keys: z.array(z.string()),
      until: z.string().nullable(),
      reason: z.string(),
      state: z.enum(['active', 'expired', 'unmatched']),
    }),
  ),
  /** Present where the audit was held against a baseline: its findings by what became of them. */
  baseline: z
    .strictObject({
      file: z.string(),
      known: z.int(),
      new: z.int(),
      gone: z.int(),
      /** Findings it holds of rules that could not be judged this time: whether these are gone nobody knows. */
      unchecked: z.strictObject({ findings: z.int(), rules: z.array(z.string()) }).optional(),
    })
    .optional(),
  /** Present where values were replaced by hashes: those of these fields. */
  redacted: z.strictObject({ fields: z.array(z.string()) }).optional(),
  /** Present where the deals themselves are kept (`--details`, `--save`). */
  deals: deals.optional(),
  faults: z.array(z.strictObject({ where: z.string(), message: z.string(), stack: z.string().nullable() })),
  labels: z.strictObject({ fields: z.record(z.string(), text), stages: z.record(z.string(), text) }),
});
