/** Distinct texts by code, counting from 0. An array of strings is one; others make a text when it is asked for. */
export interface Texts extends Iterable<string> {
  readonly length: number;
  /** The text of a code, `undefined` where there is none. */
  at(code: number): string | undefined;
  map<Result>(decide: (text: string, code: number) => Result): Result[];
  filter(isWanted: (text: string, code: number) => boolean): string[];
  some(isWanted: (text: string, code: number) => boolean): boolean;
  every(isWanted: (text: string, code: number) => boolean): boolean;
  find(isWanted: (text: string, code: number) => boolean): string | undefined;
  indexOf(text: string): number;
  slice(start: number, end: number): string[];
  entries(): Iterable<[number, string]>;
}
