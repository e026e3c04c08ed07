import { readdirSync } from 'node:fs';
import { dateInFileName } from '../dataset/as-of.ts';
import type { DraftRequest } from '../draft/draft.ts';
import { FunnelintError } from '../errors.ts';
import { parseIsoDay } from '../kinds/option-types.ts';
import { type InputFile, nameOf } from '../read-inputs.ts';
import { type ShippedPacks, shippedPacks } from '../rules-by-header.ts';
import { readSheet } from '../source/read-sheet.ts';
import type { Sheet } from '../source/sheet.ts';
import type { Host } from './host.ts';
import type { Reading } from './reading-flags.ts';

const EXPORT = /^[^.~].*\.(?:csv|tsv|txt|xlsx|xlsm|xls|zip|gz)$/i;
const MOST_NAMED = 5;

/**
 * The one export of a folder.
 * @throws FunnelintError `init/no-file`, `init/several-files`
 */
export function onlyExport(folder: string): string {
  const found = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && EXPORT.test(entry.name))
    .map(({ name }) => name)
    .sort();
  const [first] = found;
  if (first === undefined) throw new FunnelintError('init/no-file', { folder });
  if (found.length === 1) return first;
  const more = found.length > MOST_NAMED ? [`… ${found.length - MOST_NAMED}`] : [];
  const files = [...found.slice(0, MOST_NAMED), ...more].join(', ');
  throw new FunnelintError('init/several-files', { folder, files, first });
}

interface ReadExport {
  readonly sheet: Sheet;
  /** The header is known by nothing an audit knows yet. */
  readonly isUnknown: boolean;
}

/** Reads the table an audit would read; where no header is known, the one that comes first. */
async function readExport(file: InputFile, reading: Reading, { knownHeader }: ShippedPacks): Promise<ReadExport> {
  const choose = (headers: readonly string[]): number[] => headers.map((_, index) => index);
  try {
    return { sheet: await readSheet(file, { ...reading, knownHeader, choose }), isUnknown: false };
  } catch (error) {
    if (!(error instanceof FunnelintError) || !error.code.startsWith('table/no-header')) throw error;
    return { sheet: await readSheet(file, { ...reading, knownHeader, choose, anyTable: true }), isUnknown: true };
  }
}

/** An export with what it takes to draft from it, and how an audit has to be told to read it. */
export interface InitSource {
  readonly request: DraftRequest;
  readonly reading: Reading;
}

/**
 * Reads an export to draft from.
 * @throws FunnelintError when it cannot be read
 */
export async function readInitSource(file: InputFile, reading: Reading, host: Host): Promise<InitSource> {
  const packs = shippedPacks();
  const { sheet, isUnknown } = await readExport(file, reading, packs);
  const pack = packs.detect(sheet.headers.map(({ text }) => text));
  const asOfDay = dateInFileName(nameOf(file)) ?? parseIsoDay(host.today()) ?? 0;
  const told = isUnknown ? { headerRow: sheet.headerRow, ...(sheet.sheet === null ? {} : { sheet: sheet.sheet }) } : {};
  return {
    request: { sheet, history: null, previous: [], ruleset: packs.load(pack), pack, asOfDay },
    reading: { ...told, ...reading },
  };
}
