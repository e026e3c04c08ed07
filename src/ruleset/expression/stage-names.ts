import { foldWord } from '../../i18n/fold.ts';
import { say, type Text } from '../../i18n/text.ts';
import { nearest } from '../nearest.ts';
import type { StageKind } from '../ruleset.ts';
import type { ExpressionEnvironment } from './environment.ts';
import { didYouMean, shorten, withAdvice } from './problem.ts';

const STAGE_KINDS: readonly StageKind[] = ['open', 'won', 'lost', 'dormant'];

/** What a stage or a stage kind is called in expressions. */
export interface StageNames {
  /** Value of the literal, or null if nothing is called so. Spelling counts no more than in the data. */
  readonly find: (name: string) => string | null;
  /** Message for a name that nothing has. */
  readonly unknown: (name: string) => Text;
}

/** Every expression of a rules file asks for the same ones. */
const named = new WeakMap<ExpressionEnvironment['stages'], StageNames>();

/** Names of the declared stages: id before label before alias, earlier stages before later ones. */
export function stageNames({ stages }: ExpressionEnvironment): StageNames {
  const known = named.get(stages) ?? namesOf(stages);
  named.set(stages, known);
  return known;
}

function namesOf(stages: ExpressionEnvironment['stages']): StageNames {
  const written = [
    ...stages.map((stage) => [stage.id, stage.id] as const),
    ...stages.flatMap(({ id, label }) => [[label.en, id] as const, [label.zh, id] as const]),
    ...stages.flatMap(({ id, match }) => match.map((alias) => [alias, id] as const)),
  ];
  const exact = new Map(written.toReversed());
  const loose = new Map(written.toReversed().map(([name, id]) => [foldWord(name), id]));
  const unknown = (name: string): Text => {
    const message = say(`unknown stage "${shorten(name)}"`, `未知的阶段“${shorten(name)}”`);
    const near = nearest(name, new Set(written.map(([known]) => known)));
    if (near !== null) return withAdvice(message, didYouMean(near));
    if (stages.length === 0) return withAdvice(message, say('no stages are declared', '规则中没有声明阶段'));
    const ids = stages.map((stage) => stage.id);
    return withAdvice(message, say(`the stages are ${ids.join(', ')}`, `已声明的阶段：${ids.join('、')}`));
  };
  return { find: (name) => exact.get(name.trim()) ?? loose.get(foldWord(name)) ?? null, unknown };
}

/** Names of the stage kinds. */
export const STAGE_KIND_NAMES: StageNames = {
  find: (name) => STAGE_KINDS.find((kind) => kind === foldWord(name)) ?? null,
  unknown: (name) =>
    withAdvice(
      say(`unknown stage kind "${shorten(name)}"`, `未知的阶段类型“${shorten(name)}”`),
      didYouMean(nearest(name, STAGE_KINDS)) ??
        say(`the kinds are ${STAGE_KINDS.join(', ')}`, `可用的类型：${STAGE_KINDS.join('、')}`),
    ),
};
