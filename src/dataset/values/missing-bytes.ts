import type { Utf8Texts } from '../../source/texts.ts';
import { visitBlocks } from '../row-blocks.ts';
import { PLACEHOLDERS } from './placeholder.ts';

/** Words by their bytes; a node is an index into the three lists, 0 for none. */
interface Nodes<List> {
  readonly bytes: List;
  readonly firstChild: List;
  readonly nextSibling: List;
}

type WordTree = Nodes<Int32Array>;

/**
 * Bytes that normalising leaves what they are, but for their case: visible ASCII, the first byte of characters from
 * U+4000 to U+9FFF, where Chinese is, and those behind it.
 */
const STEADY = Uint8Array.from({ length: 256 }, (_, byte) =>
  (byte > 0x20 && byte < 0xc0) || (byte >= 0xe4 && byte <= 0xe9) ? 1 : 0,
);

function lowerCase(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
}

function childOf({ bytes, firstChild, nextSibling }: Nodes<ArrayLike<number>>, node: number, byte: number): number {
  let child = firstChild[node]!;
  while (child !== 0 && bytes[child] !== byte) child = nextSibling[child]!;
  return child;
}

function addWord(tree: Nodes<number[]>, word: string): void {
  let node = 0;
  for (const byte of Buffer.from(word)) {
    let child = childOf(tree, node, byte);
    if (child === 0) {
      child = tree.bytes.push(byte) - 1;
      tree.nextSibling.push(tree.firstChild[node]!);
      tree.firstChild.push(0);
      tree.firstChild[node] = child;
    }
    node = child;
  }
}

/** Whether what stands before the byte at `at` cannot become another character by it, as a letter by an accent. */
function standsAlone(bytes: Uint8Array, at: number, end: number): boolean {
  return at === end || bytes[at]! <= 0x20 || STEADY[bytes[at]!] === 1;
}

interface MissingWords {
  readonly tree: WordTree;
  /** By first byte of a text: the node of it; 0 for a byte that no word begins with. */
  readonly firstNodes: Int32Array;
}

const wordsOf = new WeakMap<ReadonlySet<string>, MissingWords>();

/** The built-in placeholders and the words of `extra`, put together once for all columns. */
function missingWords(extra: ReadonlySet<string>): MissingWords {
  const known = wordsOf.get(extra);
  if (known !== undefined) return known;
  const nodes: Nodes<number[]> = { bytes: [0], firstChild: [0], nextSibling: [0] };
  for (const word of PLACEHOLDERS) addWord(nodes, word);
  for (const word of extra) addWord(nodes, word);
  const tree = {
    bytes: Int32Array.from(nodes.bytes),
    firstChild: Int32Array.from(nodes.firstChild),
    nextSibling: Int32Array.from(nodes.nextSibling),
  };
  const words = { tree, firstNodes: Int32Array.from(STEADY, (_, byte) => childOf(tree, 0, lowerCase(byte))) };
  wordsOf.set(extra, words);
  return words;
}

/**
 * One a text: 1 where its bytes tell that it is none of the built-in placeholders and not in `extra`, whose words went
 * through `normaliseForMissing`; 0 where `isMissing` has to be asked.
 */
export function surelyPresent({ bytes, starts }: Utf8Texts, extra: ReadonlySet<string>): Uint8Array {
  const { tree, firstNodes } = missingWords(extra);
  const present = new Uint8Array(starts.length - 1);
  visitBlocks(present.length, (from, to) => {
    for (let code = from; code < to; code++) {
      const start = starts[code]!;
      const end = starts[code + 1]!;
      const first = start < end ? bytes[start]! : 0;
      if (STEADY[first] === 1 && !mayBeWord(tree, firstNodes[first]!, bytes, start, end)) present[code] = 1;
    }
  });
  return present;
}

/** Whether a text goes on as some word does, or where it leaves the words does so at a byte that may become another. */
function mayBeWord(tree: WordTree, firstNode: number, bytes: Uint8Array, start: number, end: number): boolean {
  let node = firstNode;
  let at = start + 1;
  for (; node !== 0 && at < end; at++) {
    const byte = bytes[at]!;
    if (STEADY[byte] === 0) return true;
    node = childOf(tree, node, lowerCase(byte));
  }
  return node !== 0 || !standsAlone(bytes, at, end);
}
