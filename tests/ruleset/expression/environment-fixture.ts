import type { ExpressionEnvironment } from '../../../src/ruleset/expression/environment.ts';
import { type ExpressionProblem, parseExpression } from '../../../src/ruleset/expression/parse.ts';

const STAGES: ExpressionEnvironment['stages'] = [
  { id: 'lead', label: { en: 'Lead', zh: '线索' }, match: ['Lead', '潜在客户'], kind: 'open' },
  { id: 'proposal', label: { en: 'Proposal', zh: '方案报价' }, match: ['方案/报价'], kind: 'open' },
  { id: 'won', label: { en: 'Won', zh: '赢单' }, match: ['Closed Won', '成交'], kind: 'won' },
  { id: 'lost', label: { en: 'Lost', zh: '输单' }, match: ['Closed Lost'], kind: 'lost' },
];

const LINES: ExpressionEnvironment = {
  fields: new Map([['quantity', 'number']]),
  stages: STAGES,
  stageFields: new Set(),
  subject: 'lines',
};

const VISITS: ExpressionEnvironment = {
  fields: new Map([
    ['at', 'date'],
    ['cost', 'money'],
    ['note', 'text'],
    ['inbound', 'boolean'],
  ]),
  stages: STAGES,
  stageFields: new Set(),
  subject: 'visits',
  tables: new Map([['lines', { table: 'lines', environment: LINES, by: [] }]]),
};

const LOG: ExpressionEnvironment = {
  fields: new Map([
    ['to_stage', 'text'],
    ['changed_at', 'date'],
  ]),
  stages: STAGES,
  stageFields: new Set(['to_stage']),
  subject: 'history',
};

export const ENVIRONMENT: ExpressionEnvironment = {
  tables: new Map([
    ['visits', { table: 'visits', environment: VISITS, by: ['id'] }],
    ['history', { table: 'history', environment: LOG, by: ['id', 'name'] }],
  ]),
  otherTables: ['visits', 'history', 'lines'],
  fields: new Map([
    ['amount', 'money'],
    ['budget', 'money'],
    ['score', 'number'],
    ['probability', 'percent'],
    ['stage', 'text'],
    ['owner', 'text'],
    ['manager', 'text'],
    ['close', 'date'],
    ['created', 'date'],
    ['activity', 'date'],
    ['active', 'boolean'],
    ['金额', 'money'],
  ]),
  stages: STAGES,
};

export function problemsOf(source: string, expected: 'boolean' | 'any' = 'boolean'): readonly ExpressionProblem[] {
  const parsed = parseExpression(source, ENVIRONMENT, expected);
  return parsed.ok ? [] : parsed.problems;
}

/** Carets under what the problems are about; one of no width at the end of the source is shown as one caret. */
export function carets(problems: readonly ExpressionProblem[]): string {
  let line = '';
  for (const { span } of problems) {
    line = line.padEnd(span.start) + '^'.repeat(Math.max(1, span.end - Math.max(span.start, line.length)));
  }
  return line;
}
