import type { Text } from '../i18n/text.ts';
import { parseDuration, parseIsoDay } from '../kinds/option-types.ts';
import type { ExpressionEnvironment } from './expression/environment.ts';
import { FIGURES } from './expression/figures.ts';
import { parseFigureCall } from './expression/parse.ts';
import { type Layer, originOf, type Path } from './layer.ts';
import type { Merged } from './merge.ts';
import { figureNeeds } from './needs.ts';
import type { ProblemList } from './problem-list.ts';
import type { Benchmark, Target } from './ruleset.ts';
import { unknownName } from './schema-problems.ts';

const FIELD: Text = { en: 'field', zh: '字段' };
const STAGE: Text = { en: 'stage', zh: '阶段' };
const FIGURE: Text = { en: 'figure', zh: '指标' };
const OWN_KEYS = ['metric', 'at_least', 'at_most', 'from', 'until', 'reviewed'];

function dayOf(written: string | undefined, layer: Layer, path: Path, problems: ProblemList): number | null {
  if (written === undefined) return null;
  const day = parseIsoDay(written);
  if (day === null) problems.add(layer, { path, message: { en: 'there is no such day', zh: '没有这一天' } });
  return day;
}

/** The figure a target names, and what it needs; null where it names none, which is for the rules to say. */
function figureOf(metric: string | undefined, environment: ExpressionEnvironment): Pick<Target, 'figure' | 'needs'> {
  const parsed = metric === undefined ? null : parseFigureCall(metric, environment, FIGURES);
  return parsed?.ok === true ? { figure: parsed.value, needs: figureNeeds(parsed.value) } : { figure: null, needs: [] };
}

/** The `targets:` section. What is vague in a target is for the rules to say; a field that does not exist is a mistake. */
export function buildTargets(
  merged: Merged,
  environment: ExpressionEnvironment,
  problems: ProblemList,
): readonly Target[] {
  const fieldIds = new Set(environment.fields.keys());
  if (merged.targets === null) return [];
  const { value, layer } = merged.targets;
  return value.map((target, index) => {
    const path = ['targets', index];
    const others = Object.entries(target).filter(([key]) => !OWN_KEYS.includes(key));
    for (const [key] of others) {
      if (fieldIds.has(key)) continue;
      problems.add(layer, {
        path: [...path, key],
        target: 'key',
        message: unknownName(FIELD, key, [...OWN_KEYS, ...fieldIds]),
      });
    }
    const day = (key: 'from' | 'until' | 'reviewed'): number | null =>
      dayOf(target[key], layer, [...path, key], problems);
    return {
      metric: target.metric ?? null,
      ...figureOf(target.metric, environment),
      atLeast: target.at_least === undefined ? null : String(target.at_least),
      atMost: target.at_most === undefined ? null : String(target.at_most),
      fromDay: day('from'),
      untilDay: day('until'),
      reviewedDay: day('reviewed'),
      of: Object.fromEntries(others.map(([key, other]) => [key, String(other)])),
      origin: originOf(layer, path),
    };
  });
}

function quantityOf(written: string | number): Pick<Benchmark, 'value' | 'unit'> {
  if (typeof written === 'number') return { value: written, unit: 'number' };
  if (written.endsWith('%')) return { value: Number(written.slice(0, -1)) / 100, unit: 'rate' };
  const days = parseDuration(written);
  return days === null ? { value: Number(written), unit: 'number' } : { value: days, unit: 'days' };
}

/** The `benchmarks:` section; a figure or stage that does not exist is a mistake. */
export function buildBenchmarks(
  merged: Merged,
  stageIds: readonly string[],
  problems: ProblemList,
): readonly Benchmark[] {
  if (merged.benchmarks === null) return [];
  const { value, layer } = merged.benchmarks;
  return Object.entries(value).flatMap(([figure, written]): readonly Benchmark[] => {
    const path = ['benchmarks', figure];
    if (!FIGURES.has(figure)) {
      problems.add(layer, { path, target: 'key', message: unknownName(FIGURE, figure, FIGURES.keys()) });
    }
    if (typeof written !== 'object') {
      return [{ figure, stage: null, ...quantityOf(written), origin: originOf(layer, path) }];
    }
    return Object.entries(written).map(([stage, own]) => {
      const place = [...path, stage];
      if (!stageIds.includes(stage)) {
        problems.add(layer, { path: place, target: 'key', message: unknownName(STAGE, stage, stageIds) });
      }
      return { figure, stage, ...quantityOf(own), origin: originOf(layer, place) };
    });
  });
}

/** The day of `review_by:`. */
export function buildReviewDay({ reviewBy }: Merged, problems: ProblemList): number | null {
  return reviewBy === null ? null : dayOf(reviewBy.value, reviewBy.layer, reviewBy.path, problems);
}
