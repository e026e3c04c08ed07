import type { Dataset } from '../dataset/dataset.ts';
import { targetFor } from '../dataset/targets.ts';
import { say, type Text } from '../i18n/text.ts';
import type { FigureArgument, FigureCall } from '../ruleset/expression/expression.ts';

/** Where the number stands that a figure is held against. */
export type GivenReference = 'benchmark' | 'probability' | 'target';

const ABSENT: Readonly<Record<GivenReference, Text>> = {
  benchmark: say('no benchmark is given for it under `benchmarks:`', '`benchmarks:` 中没有对应的基准值'),
  probability: say('its stage has no `probability`', '阶段没有设置 `probability`（赢率）'),
  target: say('no target for it holds today under `targets:`', '`targets:` 中没有今天有效的对应目标'),
};

/** Why a figure cannot be held against a number that is not given. */
export function absentReference(against: GivenReference): Text {
  return ABSENT[against];
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

/** The given number that the figure of some deals is held against, null where none is given. */
export function givenReference(
  against: GivenReference,
  call: FigureCall,
  dataset: Dataset,
  { source, select }: { readonly source: string; readonly select: Uint8Array },
): number | null {
  const stage = stageOf(call);
  switch (against) {
    case 'benchmark': {
      const { benchmarks } = dataset.ruleset;
      return benchmarks.find((each) => each.figure === call.figure && each.stage === stage)?.value ?? null;
    }
    case 'probability':
      return dataset.stages.find(({ id }) => id === stage)?.probability ?? null;
    case 'target':
      return targetFor(dataset, writtenCall(call, source), select)?.value ?? null;
  }
}
