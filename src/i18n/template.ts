import type { Text } from './text.ts';

/** Names of the slots of a template: `Slots<'{field} is empty'>` is `'field'`. */
export type Slots<Template extends string> = Template extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Slots<Rest>
  : never;

/** A text whose Chinese slots are those of its English form; anything else does not compile. */
export type SameSlots<Pair extends Text> = [Slots<Pair['en']>] extends [Slots<Pair['zh']>]
  ? [Slots<Pair['zh']>] extends [Slots<Pair['en']>]
    ? Pair
    : { readonly en: Pair['en']; readonly zh: `slots differ from en: ${Slots<Pair['zh']>}` }
  : { readonly en: Pair['en']; readonly zh: `slots differ from en: ${Slots<Pair['en']>}` };

const SLOT = /\{(\w+)\}/g;

/** Fills all slots in one pass, so a value that looks like a slot stays text. A slot without a value stays as it is. */
export function fillTemplate(template: string, lookUp: (slot: string) => string | undefined): string {
  return template.replace(SLOT, (whole, slot: string) => lookUp(slot) ?? whole);
}

/** Names of the slots of a template that is known only when the program runs. */
export function slotsOf(template: string): readonly string[] {
  return [...template.matchAll(SLOT)].map(([, slot]) => slot as string);
}
