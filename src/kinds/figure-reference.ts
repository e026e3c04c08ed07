import type { Dataset } from '../dataset/dataset.ts';
import { isInOtherCurrency, targetFor } from '../dataset/targets.ts';
import { isoOf } from '../dataset/values/calendar.ts';
import { say, type Text } from '../i18n/text.ts';
import type { FigureArgument, FigureCall } from '../ruleset/expression/expression.ts';
import type { Figure } from '../stats/figure.ts';

type FigureUnit = Figure['unit'];

/** Where the number stands that a figure is held against. */
export type GivenReference = 'benchmark' | 'probability' | 'target';

/** A number to fill in, in the unit of the figure. */
const EXAMPLES: Readonly<Record<FigureUnit, string>> = {
  rate: '25%',
  points: '5%',
  days: '12d',
  money: '5000000',
  count: '10',
  number: '10',
};

/** Stands for each stage, or each field, in a figure as rules write it. */
const OF_ANY = /\(\s*any\b/;

/** The stage of a line to copy: that of the figure, or the first open one where the figure is of any. */
function exampleStage(call: FigureCall, source: string, { stages }: Dataset): string | null {
  const own = stageOf(call);
  return own !== null && OF_ANY.test(source) ? (stages.find(({ kind }) => kind === 'open')?.id ?? own) : own;
}

function endOfYear(day: number): string {
  return `${isoOf(day).slice(0, 4)}-12-31`;
}

/** What to write where a number is missing: a line of the rules file to copy. */
function lineOf(
  against: GivenReference,
  call: FigureCall,
  { source, unit, dataset }: { readonly source: string; readonly unit: FigureUnit; readonly dataset: Dataset },
): string {
  const value = EXAMPLES[unit];
  const stage = exampleStage(call, source, dataset);
  switch (against) {
    case 'benchmark':
      return `benchmarks: {${call.figure}: ${stage === null ? value : `{${stage}: ${value}}`}}`;
    case 'probability':
      return 'probability: 30%';
    case 'target': {
      const bound = unit === 'days' ? 'at_most' : 'at_least';
      const until = endOfYear(dataset.asOfDay);
      const metric = /[,{}[\]:]/.test(source) ? `"${source}"` : source;
      return `targets: [{metric: ${metric}, ${bound}: ${value}, until: ${until}}]`;
    }
  }
}

const ABSENT: Readonly<Record<GivenReference, Text>> = {
  benchmark: say(
    'no benchmark is given for it under `benchmarks:`; write',
    '`benchmarks:` 中没有对应的基准值，请写上：',
  ),
  probability: say(
    'its stage has no `probability`; write at the stage under `stages:`',
    '阶段没有设置 `probability`（赢率），请在 `stages:` 的该阶段写上：',
  ),
  target: say('no target for it holds today under `targets:`; write', '`targets:` 中没有今天有效的对应目标，请写上：'),
};

/** Why a figure cannot be held against a number that is not given, ending with a line to copy. */
export function absentReference(
  against: GivenReference,
  call: FigureCall,
  setting: { readonly source: string; readonly unit: FigureUnit; readonly dataset: Dataset },
): Text {
  const { en, zh } = ABSENT[against];
  const line = lineOf(against, call, setting);
  return say(`${en} ${line}`, `${zh}${line}`);
}

function stageOf({ args }: FigureCall): string | null {
  const [first] = args;
  return first?.type === 'stage' ? first.stage : null;
}

function nameOf(argument: FigureArgument): string {
  switch (argument.type) {
    case 'stage':
      return argument.stage;
    case 'field':
      return argument.field;
    case 'word':
      return argument.word;
    default:
      return argument.type;
  }
}

/** The figure as targets write it; `source` is how the rule does, which only an argument of `any` makes differ. */
function writtenCall({ figure, args }: FigureCall, source: string): string {
  if (args.length === 0 || args.some(({ type }) => type === 'expression')) return source;
  return `${figure}(${args.map(nameOf).join(',')})`;
}

/** What a figure is computed of, to be held against a number. */
interface Held {
  /** As the rule writes the figure. */
  readonly source: string;
  readonly select: Uint8Array;
  /** Currency of a money figure. */
  readonly currency: string | null;
}

const OTHER_CURRENCY: Text = say('the target is in another currency than the deals', '目标与商机的币种不同');

function targetValue(call: FigureCall, dataset: Dataset, { source, select, currency }: Held): number | Text | null {
  const target = targetFor(dataset, writtenCall(call, source), select);
  return target !== null && isInOtherCurrency(target, currency) ? OTHER_CURRENCY : (target?.value ?? null);
}

/** Whether a figure is about another step than the one to the next stage, which is what benchmarks are for. */
function leadsFurther({ args: [from, to] }: FigureCall, { stages }: Dataset): boolean {
  if (from?.type !== 'stage' || to?.type !== 'stage') return false;
  const steps = stages.filter(({ kind }) => kind === 'open' || kind === 'won').map(({ id }) => id);
  return steps.indexOf(to.stage) !== steps.indexOf(from.stage) + 1;
}

/** The given number that the figure of some deals is held against, null where none is given; else why it is of no use. */
export function givenReference(
  against: GivenReference,
  call: FigureCall,
  dataset: Dataset,
  held: Held,
): number | Text | null {
  const stage = stageOf(call);
  switch (against) {
    case 'benchmark': {
      if (leadsFurther(call, dataset)) return null;
      const { benchmarks } = dataset.ruleset;
      return benchmarks.find((each) => each.figure === call.figure && each.stage === stage)?.value ?? null;
    }
    case 'probability':
      return dataset.stages.find(({ id }) => id === stage)?.probability ?? null;
    case 'target':
      return targetValue(call, dataset, held);
  }
}
