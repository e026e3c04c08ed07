import { describe, expect, it } from 'vitest';
import { noteModel } from '../../../src/reporters/xlsx/note.ts';

function textOf(text: string): string {
  const { note } = noteModel(text, 2, 0, []);
  return (note as { readonly texts: readonly { readonly text: string }[] }).texts.map((each) => each.text).join('');
}

describe('noteModel', () => {
  it('leaves a short note as it is', () => {
    expect(textOf('[error] a/b\nno owner\n→ name one')).toBe('[error] a/b\nno owner\n→ name one');
  });

  it('cuts a long text, and a long note', () => {
    const one = textOf(`[error] a/b\n${'x'.repeat(40_000)}\n→ mend it`).split('\n');
    expect(one.map((line) => line.length)).toEqual([11, 1_000, 9]);
    expect(one[1]?.endsWith('x…')).toBe(true);
    const all = textOf(Array.from({ length: 20 }, () => 'y'.repeat(900)).join('\n'));
    expect([all.length, all.endsWith('…')]).toEqual([8_000, true]);
  });

  it('tears no character', () => {
    expect(textOf(`x${'😀'.repeat(1_000)}`)).toBe(`x${'😀'.repeat(499)}…`);
    expect(textOf('😀'.repeat(1_000))).toBe(`${'😀'.repeat(499)}…`);
  });
});
