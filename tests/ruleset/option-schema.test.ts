import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Kind } from '../../src/kinds/define.ts';
import { KINDS } from '../../src/kinds/index.ts';
import { optionSchema } from '../../src/ruleset/option-schema.ts';

function kindWith(options: Kind['options']): Kind {
  return { ...(KINDS.values().next().value as Kind), options };
}

describe('the schema of a kind', () => {
  it('is the one the kind has', () => {
    const schema = z.string();
    expect(optionSchema(kindWith(schema))).toBe(schema);
  });

  it('is made once, where the kind says how', () => {
    const made: string[] = [];
    const kind = kindWith((words) => {
      made.push('schema');
      return words.array(words.int());
    });
    expect(made).toEqual([]);
    expect(optionSchema(kind)).toBe(optionSchema(kind));
    expect(made).toEqual(['schema']);
    expect(optionSchema(kind).safeParse([1]).success).toBe(true);
    expect(optionSchema(kind).safeParse(['one']).success).toBe(false);
  });
});
