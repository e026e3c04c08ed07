import { say, type Text } from '../../i18n/text.ts';
import { nearest } from '../nearest.ts';
import type { FieldType } from '../ruleset.ts';
import { type ExpressionEnvironment, stageFieldsOf } from './environment.ts';
import type { Expression, Span, ValueType } from './expression.ts';
import { didYouMean, type ExpressionProblem, MAX_PROBLEMS, report, shorten, withAdvice } from './problem.ts';
import { type StageNames, stageNames } from './stage-names.ts';

/** What one check of a source works with. */
export interface Checker {
  readonly source: string;
  readonly environment: ExpressionEnvironment;
  readonly stages: StageNames;
  readonly problems: ExpressionProblem[];
  /** Types of the headers so far; one is settled once something it is used with says what it must be. */
  readonly headers: Map<string, { readonly type: FieldType; readonly settled: boolean }>;
  /** A header was settled after it had been taken for text, so that the check must be made once more. */
  isRevised: boolean;
}

export function createChecker(source: string, environment: ExpressionEnvironment): Checker {
  const stages = stageNames(environment);
  return { source, environment, stages, problems: [], headers: new Map(), isRevised: false };
}

/** Notes a problem; null stands for the expression that could not be checked. */
export function refuse(checker: Checker, span: Span, message: Text): null {
  report(checker.problems, span, message);
  return null;
}

const HEADER_TYPES: Readonly<Record<ValueType, FieldType>> = {
  text: 'text',
  number: 'number',
  money: 'money',
  percent: 'percent',
  date: 'date',
  duration: 'number',
  boolean: 'boolean',
  stage: 'text',
  stageKind: 'text',
};

/** A header takes the type of what it is used with, text where nothing says more. */
export function checkHeader(checker: Checker, header: string, at: Span, hint: ValueType | null): Expression | null {
  const { subject } = checker.environment;
  if (subject !== undefined) {
    const message = say(
      `headers in backticks are those of the deals; name a field of ${subject}`,
      `反引号里是商机表的表头；此处请写 ${subject} 的字段`,
    );
    return refuse(checker, at, message);
  }
  const known = checker.headers.get(header);
  if (known?.settled) return { op: 'header', header, type: known.type, at };
  const type = hint === null ? 'text' : HEADER_TYPES[hint];
  if (known !== undefined && known.type !== type) checker.isRevised = true;
  if (known === undefined || hint !== null) checker.headers.set(header, { type, settled: hint !== null });
  return { op: 'header', header, type, at };
}

/** What else may be meant where no field has the name. */
function otherwise(checker: Checker, shown: string, hint: ValueType | null): Text {
  if (hint === 'text') return say(`put text in quotes: "${shown}"`, `文本请加引号："${shown}"`);
  const { subject, fields, tables } = checker.environment;
  if (tables?.has(shown)) return say(`it is a table: count(${shown})`, `它是一张表：count(${shown})`);
  if (subject === undefined) {
    return say(`a header of the file stands in backticks: \`${shown}\``, `引用表头请加反引号：\`${shown}\``);
  }
  const names = [...fields.keys()];
  return say(`its fields are ${names.join(', ')}`, `可用的字段：${names.join('、')}`);
}

/** A canonical field, or a problem that says what else might be meant. */
export function checkName(checker: Checker, name: string, at: Span, hint: ValueType | null): Expression | null {
  const { environment } = checker;
  const stageFields = stageFieldsOf(environment);
  if (stageFields.has(name)) return { op: 'field', field: name, type: 'stage', at };
  const { fields, subject } = environment;
  const type = fields.get(name);
  if (type !== undefined) return { op: 'field', field: name, type, at };
  // Past the limit nobody reads the message, and looking for near names would only take time.
  if (checker.problems.length >= MAX_PROBLEMS) return null;
  const shown = shorten(name);
  const known = [...fields.keys(), ...stageFields, 'today'];
  const near = didYouMean(nearest(name, known));
  const other = otherwise(checker, shown, hint);
  // Where text is expected, a value without its quotes is likelier than a field that is misspelt.
  const advice = hint === 'text' ? withAdvice(other, near) : (near ?? other);
  const [en, zh] = subject === undefined ? ['', ''] : [` of ${subject}`, `${subject} `];
  const message = say(`unknown field "${shown}"${en}`, `${zh}未知的字段“${shown}”`);
  return refuse(checker, at, withAdvice(message, advice));
}

const PARTS = ['kind', 'index'] as const;
const PARTS_OF_DEALS = [...PARTS, 'entered', 'age'] as const;

type StagePart = (typeof PARTS_OF_DEALS)[number];

function stagePart(part: StagePart, field: string, at: Span): Expression {
  switch (part) {
    case 'kind':
      return { op: 'stageKind', field, type: 'stageKind', at };
    case 'index':
      return { op: 'stageIndex', field, type: 'number', at };
    case 'entered':
      return { op: 'stageEntered', type: 'date', at };
    case 'age':
      return { op: 'stageAge', type: 'duration', at };
  }
}

/** `stage.kind`, `stage.index`, and of the stage of a deal `stage.entered` and `stage.age`. */
export function checkMember(
  checker: Checker,
  syntax: { readonly name: string; readonly member: string; readonly memberAt: Span; readonly at: Span },
): Expression | null {
  const { name, member, at } = syntax;
  const stageFields = stageFieldsOf(checker.environment);
  if (!stageFields.has(name)) {
    const parts = [...stageFields].flatMap((field) => PARTS.map((part) => `${field}.${part}`));
    const message =
      parts.length === 0
        ? say('nothing here has parts', '此处没有带下级的名称')
        : say(`only a stage has parts: ${parts.join(', ')}`, `只有阶段有下级：${parts.join('、')}`);
    return refuse(checker, at, message);
  }
  const known: readonly StagePart[] = name === 'stage' ? PARTS_OF_DEALS : PARTS;
  const part = known.find((each) => each === member);
  if (part !== undefined) return stagePart(part, name, at);
  const advice =
    didYouMean(nearest(member, known)) ?? say(`it has ${known.join(', ')}`, `可用的有 ${known.join('、')}`);
  const shown = shorten(member);
  const message = say(`${name} has no "${shown}"`, `${name} 没有“${shown}”`);
  return refuse(checker, syntax.memberAt, withAdvice(message, advice));
}
