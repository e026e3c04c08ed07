import { foldWord } from '../i18n/fold.ts';
import type { Expression } from '../ruleset/expression/expression.ts';
import { operandsOf } from '../ruleset/expression/operands.ts';
import type { Ruleset, StageDefinition } from '../ruleset/ruleset.ts';
import type { ConfigCheck, Flaw } from './config-messages.ts';
import { named, placeOfStage } from './config-stages.ts';

/** Every word that a cell may name the stage by, folded. */
function wordsOf({ id, label, match }: StageDefinition): readonly string[] {
  return [...new Set([...match, label.en, label.zh, id].map(foldWord).filter((word) => word !== ''))];
}

/** Operands of a chain of one connective, however it was bracketed. */
function chain(expression: Expression, op: 'and' | 'or'): readonly Expression[] {
  return expression.op === op ? operandsOf(expression).flatMap((operand) => chain(operand, op)) : [expression];
}

function isExpression(value: unknown): value is Expression {
  return typeof value === 'object' && value !== null && 'op' in value;
}

/** What an expression says, whatever its spaces, brackets and the order of what `and` and `or` join. */
function meaningOf(expression: Expression): string {
  if (expression.op === 'and' || expression.op === 'or') {
    const parts = chain(expression, expression.op).map(meaningOf);
    return `(${[...new Set(parts)].sort().join(` ${expression.op} `)})`;
  }
  const { at: _, ...node } = expression;
  return JSON.stringify(node, (key, value: unknown) => (key !== '' && isExpression(value) ? meaningOf(value) : value));
}

/** A sentence without spaces and punctuation. */
function essenceOf(text: string): string {
  return foldWord(text).replace(/[\p{P}\p{Z}]/gu, '');
}

interface Pair {
  readonly stage: StageDefinition;
  /** The later one. */
  readonly other: StageDefinition;
  readonly shared: readonly string[];
}

/** Pairs of a stage and the first one that had a trait of it. */
function sharers(stages: readonly StageDefinition[], traitsOf: (stage: StageDefinition) => readonly string[]): Pair[] {
  const firstWith = new Map<string, StageDefinition>();
  return stages.flatMap((other) => {
    const shared = new Map<StageDefinition, string[]>();
    for (const trait of traitsOf(other)) {
      const stage = firstWith.get(trait);
      if (stage === undefined) firstWith.set(trait, other);
      else if (stage !== other) shared.set(stage, [...(shared.get(stage) ?? []), trait]);
    }
    return [...shared].map(([stage, traits]) => ({ stage, other, shared: traits }));
  });
}

function criteriaOf({ exit }: StageDefinition): readonly string[] {
  return exit === null ? [] : [meaningOf(exit.expression)];
}

function definitionsOf({ about }: StageDefinition): readonly string[] {
  const { en = '', zh = '' } = about?.definition ?? {};
  return [...new Set([en, zh].flatMap((text) => (text === '' ? [] : essenceOf(text))).filter((text) => text !== ''))];
}

/** Pairs of stages that the same words, the same exit criteria or the same definition decide. */
export function checkOverlap(ruleset: Ruleset): ConfigCheck {
  const { stages } = ruleset;
  const words = sharers(stages, wordsOf).map(
    ({ stage, other, shared }): Flaw => ({
      message: 'sameWords',
      args: { stage: stage.id, other: other.id, words: { list: shared } },
      at: placeOfStage(other, ruleset),
    }),
  );
  const criteria = sharers(stages, criteriaOf).map(
    ({ stage, other }): Flaw => ({
      message: 'sameCriteria',
      args: { stage: named(stage), other: named(other), criteria: other.exit?.source ?? '' },
      at: placeOfStage(other, ruleset),
    }),
  );
  const definitions = sharers(stages, definitionsOf).map(
    ({ stage, other }): Flaw => ({
      message: 'sameDefinition',
      args: {
        stage: named(stage),
        other: named(other),
        definition: { text: other.about?.definition ?? { en: '', zh: '' } },
      },
      at: placeOfStage(other, ruleset),
    }),
  );
  return { checked: stages.length, flaws: [...words, ...criteria, ...definitions] };
}
