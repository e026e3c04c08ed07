import type { Dataset } from '../dataset/dataset.ts';
import type { FigureArgument, FigureCall } from '../ruleset/expression/expression.ts';
import type { FigurePart } from './define.ts';

/** What `any` stands for in one case, with the arguments of the figure then. */
export interface CallPart extends Pick<FigurePart, 'type' | 'id'> {
  readonly args: readonly FigureArgument[];
}

/** Figures for which any field is each field that some stage requires, and not each column of the file. */
const OF_REQUIRED_FIELDS: readonly string[] = ['completeness'];

function fieldsOf(figure: string, { stages, columns }: Dataset): readonly string[] {
  if (!OF_REQUIRED_FIELDS.includes(figure)) return [...columns.keys()];
  return [...new Set(stages.flatMap(({ require }) => require))].filter((field) => columns.has(field));
}

/** The stages or fields that `any` stands for, in order; null where the figure is of one thing. */
export function partsOf({ figure, args }: FigureCall, dataset: Dataset): readonly CallPart[] | null {
  const [first, ...others] = args;
  if (first?.type !== 'any') return null;
  if (first.of === 'field') {
    return fieldsOf(figure, dataset).map((field) => ({
      type: 'field',
      id: field,
      args: [{ type: 'field', field }, ...others],
    }));
  }
  const openStages = dataset.stages.filter(({ kind }) => kind === 'open');
  return openStages.map(({ id }) => ({ type: 'stage', id, args: [{ type: 'stage', stage: id }, ...others] }));
}
