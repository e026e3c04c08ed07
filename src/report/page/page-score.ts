import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import type { AuditReport } from '../report.ts';
import type { PageScore, PageScorePart } from './page.ts';

const HEALTH: Text = say('Health {value} of 100', '健康分 {value} / 100');
const NO_HEALTH: Text = say('No health score: too little of it can be measured', '暂无健康分：可衡量的部分太少');
const COVERAGE: Text = say('{coverage} of the score could be measured', '可衡量 {coverage}');
const SCALE: Text = say('0 points at {floor}, 100 at {target}', '{floor} 为 0 分，{target} 为 100 分');
const NOT_MEASURED: Text = say('not measured', '未能衡量');

type ScorePart = AuditReport['score']['parts'][number];

function partOf(part: ScorePart, total: number, translator: Translator): PageScorePart {
  const { title, value, unit = 'rate', points, floor, target, weight } = part;
  const shown = (figure: number | null): string =>
    unit === 'rate' ? translator.percent(figure) : translator.number(figure, 1);
  return {
    title: translator.text(title),
    value: value === null ? translator.text(NOT_MEASURED) : shown(value),
    points,
    weight: total === 0 ? 0 : weight / total,
    note: translator.text(SCALE, { floor: shown(floor), target: shown(target) }),
  };
}

/** The health score with its parts, those that could not be measured among them. */
export function pageScore({ score }: AuditReport, translator: Translator): PageScore {
  const total = score.parts.reduce((sum, { weight }) => sum + weight, 0);
  const { value } = score;
  return {
    value,
    text: value === null ? translator.text(NO_HEALTH) : translator.text(HEALTH, { value: translator.number(value, 0) }),
    coverage: translator.text(COVERAGE, { coverage: translator.percent(score.coverage, 0) }),
    parts: score.parts.map((part) => partOf(part, total, translator)),
  };
}
