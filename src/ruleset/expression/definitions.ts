import { say } from '../../i18n/text.ts';
import type { Span } from './expression.ts';
import { type ExpressionProblem, report, shorten } from './problem.ts';
import { MAX_DEPTH, type Syntax } from './syntax.ts';

/** Conditions and values that rules name instead of writing them out, by name. */
export type Definitions = ReadonlyMap<string, Syntax>;

/** A few definitions that name each other twice would otherwise grow beyond any memory. */
const MOST_PARTS = 5000;

interface Expansion {
  readonly definitions: Definitions;
  readonly problems: ExpressionProblem[];
  /** Definitions being written out, the outermost first. */
  readonly open: string[];
  parts: number;
}

function heightOf(parts: readonly Syntax[]): number {
  return 1 + Math.max(0, ...parts.map(({ depth }) => depth));
}

/** The syntax with each of its parts replaced, placed at `at` where it comes out of a definition. */
function withParts(syntax: Syntax, at: Span | null, replace: (part: Syntax) => Syntax): Syntax {
  const placed = at === null ? syntax : { ...syntax, at };
  switch (placed.op) {
    case 'call': {
      const args = placed.args.map(replace);
      return { ...placed, nameAt: at ?? placed.nameAt, args, depth: heightOf(args) };
    }
    case 'member':
      return { ...placed, memberAt: at ?? placed.memberAt };
    case 'negate':
    case 'not':
    case 'is': {
      const operand = replace(placed.operand);
      return { ...placed, operand, depth: heightOf([operand]) };
    }
    case 'arithmetic':
    case 'compare':
    case 'and':
    case 'or': {
      const [left, right] = [replace(placed.left), replace(placed.right)];
      return { ...placed, left, right, depth: heightOf([left, right]) };
    }
    case 'in': {
      const [operand, list] = [replace(placed.operand), placed.list.map(replace)];
      return { ...placed, operand, list, depth: heightOf([operand, ...list]) };
    }
    default:
      return placed;
  }
}

function expand(syntax: Syntax, at: Span | null, expansion: Expansion): Syntax {
  expansion.parts += 1;
  if (expansion.parts > MOST_PARTS) return syntax;
  const definition = syntax.op === 'name' ? expansion.definitions.get(syntax.name) : undefined;
  if (syntax.op !== 'name' || definition === undefined) {
    return withParts(syntax, at, (part) => expand(part, at, expansion));
  }
  const place = at ?? syntax.at;
  if (expansion.open.includes(syntax.name)) {
    const name = shorten(syntax.name);
    report(expansion.problems, place, say(`"${name}" is defined by itself`, `“${name}”的定义引用了自身`));
    return syntax;
  }
  expansion.open.push(syntax.name);
  const written = expand(definition, place, expansion);
  expansion.open.pop();
  return written;
}

/**
 * Writes out the definitions that an expression names; what comes out of one stands where its name stood. Null, with a
 * problem noted, where a definition names itself or the whole grows too large.
 */
export function expandDefinitions(
  syntax: Syntax,
  definitions: Definitions,
  problems: ExpressionProblem[],
): Syntax | null {
  if (definitions.size === 0) return syntax;
  const before = problems.length;
  const expansion: Expansion = { definitions, problems, open: [], parts: 0 };
  const written = expand(syntax, null, expansion);
  if (expansion.parts > MOST_PARTS || written.depth > MAX_DEPTH) {
    const message = say('written out, the definitions grow too large', '定义展开后过长');
    report(problems, syntax.at, message);
  }
  return problems.length > before ? null : written;
}
