import type { Dataset } from '../dataset/dataset.ts';
import { checkMeasurable, checkMilestones } from './config-criteria.ts';
import { CONFIG_MESSAGES, type ConfigCheck } from './config-messages.ts';
import { checkOverlap } from './config-overlap.ts';
import {
  checkCount,
  checkDefined,
  checkEnd,
  checkEvidence,
  checkExits,
  checkGoals,
  checkLost,
  checkRequired,
  checkReview,
} from './config-stages.ts';
import { checkReachable } from './config-unreachable.ts';
import { defineKind } from './define.ts';
import type { Zod } from './option-types.ts';

interface Limits {
  readonly min: number;
  readonly max: number;
  readonly over: number;
  readonly both: boolean;
}

const CHECKS = {
  'stage-count': ({ ruleset }, limits) => checkCount(ruleset, limits),
  'stage-undefined': ({ ruleset }, { both }) => checkDefined(ruleset, both),
  'exit-criteria-missing': ({ ruleset }) => checkExits(ruleset),
  'criterion-not-measurable': ({ ruleset }) => checkMeasurable(ruleset),
  'criterion-counts-activity': ({ ruleset }) => checkMilestones(ruleset),
  'stage-goal-missing': ({ ruleset }) => checkGoals(ruleset),
  'no-terminal-stage': (dataset) => checkEnd(dataset),
  'no-lost-stage': (dataset) => checkLost(dataset),
  'stages-overlap': ({ ruleset }) => checkOverlap(ruleset),
  'only-seller-evidence': ({ ruleset }) => checkEvidence(ruleset),
  'too-many-required': ({ ruleset }, { over }) => checkRequired(ruleset, over),
  'review-overdue': (dataset) => checkReview(dataset),
  'rule-unreachable': (dataset) => checkReachable(dataset),
} as const satisfies Record<string, (dataset: Dataset, limits: Limits) => ConfigCheck>;

type Check = keyof typeof CHECKS;
const NAMES = Object.keys(CHECKS) as Check[];

const DEFAULTS: Limits = { min: 3, max: 9, over: 7, both: false };

const check = (z: Zod) =>
  z.enum(NAMES).meta({
    description: `What of the rules file is checked: ${NAMES.join(', ')} / 检查规则文件的哪一方面：${NAMES.join('、')}`,
  });

const options = (z: Zod) =>
  z.union([
    check(z).transform((name) => ({ name, ...DEFAULTS })),
    z
      .strictObject({
        check: check(z),
        min: z.int().min(1).optional().meta({
          description:
            'For stage-count: fewest stages that lead to a win (default 3) / 用于 stage-count：通向赢单的阶段最少几个，默认 3',
        }),
        max: z.int().min(1).optional().meta({
          description:
            'For stage-count: most stages that lead to a win (default 9) / 用于 stage-count：通向赢单的阶段最多几个，默认 9',
        }),
        over: z.int().min(1).optional().meta({
          description:
            'For too-many-required: most fields a stage may ask for (default 7) / 用于 too-many-required：一个阶段最多要求几个字段，默认 7',
        }),
        both: z.boolean().optional().meta({
          description:
            'For stage-undefined: true asks for a name and a definition, false for one of them (default false) / 用于 stage-undefined：true 表示名称和定义都要有，默认 false 表示有一个即可',
        }),
      })
      .transform(({ check: name, min, max, over, both }) => ({
        name,
        min: min ?? DEFAULTS.min,
        max: max ?? DEFAULTS.max,
        over: over ?? DEFAULTS.over,
        both: both ?? DEFAULTS.both,
      })),
  ]);

const TABLE = 'id,stage\n1,Lead\n';

export default defineKind({
  kind: 'config',
  about: 'file',
  title: { en: 'The stage list and the rules are sound', zh: '阶段列表与规则设置合理' },
  why: {
    en: 'Stages that nobody can tell apart, or leave by gut feel, make every figure built on them a guess.',
    zh: '阶段分不清、凭感觉推进，建立在它们之上的所有指标都只是猜测。',
  },
  fix: {
    en: 'Mend the stage list in the rules file, and the same in the CRM.',
    zh: '修改规则文件中的阶段列表，并在 CRM 中同步调整。',
  },
  options,
  messages: CONFIG_MESSAGES,
  example: {
    rule: 'config: exit-criteria-missing',
    bad: TABLE,
    good: TABLE,
    rules: {
      bad: 'stages: [{id: lead, match: [Lead]}, {id: won, kind: won}, {id: lost, kind: lost}]',
      good: 'stages: [{id: lead, match: [Lead], exit: amount > 0}, {id: won, kind: won}, {id: lost, kind: lost}]',
    },
  },
  references: () => [],
  check({ options: { name, ...limits }, dataset }) {
    const run: (dataset: Dataset, limits: Limits) => ConfigCheck = CHECKS[name];
    const { checked, flaws } = run(dataset, limits);
    const places = flaws.map(({ message, args, at }) => ({
      message,
      args,
      table: { file: at.file, sheet: null },
      row: null,
      line: at.line,
    }));
    return { type: 'places', checked, places };
  },
});
