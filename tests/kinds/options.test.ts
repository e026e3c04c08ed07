import { describe, expect, it } from 'vitest';
import { kindOptions } from '../../src/cli/kind-options.ts';
import { KINDS } from '../../src/kinds/index.ts';
import { inputSchema, type JsonSchema } from '../../src/ruleset/json-schema.ts';
import { optionSchema } from '../../src/ruleset/option-schema.ts';

/** Name and description of every option a kind has as a map. */
function describedOptions(options: JsonSchema): readonly (readonly [string, unknown])[] {
  const branches = (options['anyOf'] ?? [options]) as readonly JsonSchema[];
  return branches.flatMap(({ properties }) =>
    Object.entries((properties ?? {}) as Readonly<Record<string, JsonSchema>>).map(
      ([name, schema]) => [name, schema['description']] as const,
    ),
  );
}

describe.each([...KINDS.values()].map((kind) => [kind.kind, kind] as const))('options of %s', (_, kind) => {
  it('are described in both languages', () => {
    for (const [name, description] of describedOptions(inputSchema(optionSchema(kind)))) {
      expect(description, name).toMatch(/^[^\p{Script=Han}]+ \/ .*\p{Script=Han}/u);
      expect(String(description).split(' / '), name).toHaveLength(2);
    }
  });

  it('read as one sentence each', () => {
    for (const { value } of kindOptions(kind)) {
      expect(value.en).not.toMatch(/\.$|\p{Script=Han}/u);
      expect(value.zh).not.toMatch(/。$/);
      expect(value.en.length).toBeLessThan(300);
    }
  });
});

it('names every word that may stand behind transition and stage', () => {
  for (const verb of ['transition', 'stage']) {
    const kind = KINDS.get(verb)!;
    const branches = (inputSchema(optionSchema(kind))['anyOf'] ?? []) as readonly JsonSchema[];
    const word = branches.find((branch) => 'enum' in branch)!;
    for (const value of word['enum'] as readonly string[]) expect(word['description']).toContain(`\`${value}\``);
  }
});
