import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type SecondThread, startSecondThread } from '../../src/source/second-thread.ts';
import {
  type PartRequest,
  type PartResult,
  type PartTasks,
  scanPart,
  wholeFacts,
} from '../../src/source/text/scan-part.ts';

import { textsOfBytes } from '../../src/source/texts.ts';

const FOLDER = mkdtempSync(join(tmpdir(), 'funnelint-thread-'));
const FILE = join(FOLDER, 'deals.csv');
const BUILT = new URL('../../dist/worker/', import.meta.url);

afterAll(() => rmSync(FOLDER, { recursive: true }));

const HEADERS = ['ID', 'Stage', 'Note'];
const TEXT = `ID,Stage,Note\n${Array.from({ length: 2000 }, (_, row) => `${row},赢单,"a ""note""\nof ${row % 9}"`).join('\n')}\nTotal,,9\n`;
const SIZE = Buffer.byteLength(TEXT);

function request(file: string): PartRequest {
  return {
    file,
    from: Buffer.byteLength('ID,Stage,Note\n'),
    to: SIZE,
    dialect: { delimiter: ',', columns: 3, returnsEndRecords: false },
    shape: { headers: HEADERS, width: 3, namedWidth: 3, filledCell: null, named: [true, true, true] },
    positions: [0, 1, 2],
  };
}

function seen(result: PartResult | null): unknown {
  if (result === null) return null;
  const columns = result.run.columns.map(({ codes, texts }) => ({
    codes: [...codes],
    texts: [...textsOfBytes(texts.bytes, texts.starts)],
    hashes: [...texts.hashes],
  }));
  return { ...result, run: { ...result.run, lines: [...(result.run.lines ?? [])], columns } };
}

async function withThread<Result>(
  folder: URL,
  use: (thread: SecondThread<PartTasks>) => Promise<Result>,
): Promise<Result | null> {
  const thread = startSecondThread<PartTasks>('scan-part', folder);
  if (thread === null) return null;
  try {
    return await use(thread);
  } finally {
    thread.end();
  }
}

describe('the second thread', () => {
  it.skipIf(!existsSync(BUILT))('answers what the first would, more than once', async () => {
    writeFileSync(FILE, TEXT);
    const expected = await scanPart(request(FILE));
    expect(expected).toMatchObject({ run: { rowCount: 2000, lineCount: 4000 }, stop: SIZE - 'Total,,9\n'.length });
    await withThread(BUILT, async (thread) => {
      for (let round = 0; round < 2; round++)
        expect(seen(await thread.ask('scan', request(FILE)))).toEqual(seen(expected));
    });
  });

  it.skipIf(!existsSync(BUILT))('answers in the order of what it was asked', async () => {
    writeFileSync(FILE, TEXT);
    const facts = await wholeFacts({ file: FILE, to: SIZE });
    const scanned = seen(await scanPart(request(FILE)));
    await withThread(BUILT, async (thread) => {
      const answers = await Promise.all([
        thread.ask('scan', request(FILE)),
        thread.ask('facts', { file: FILE, to: SIZE }),
        thread.ask('scan', request(FILE)),
      ]);
      expect([seen(answers[0]), answers[1], seen(answers[2])]).toEqual([scanned, facts, scanned]);
    });
  });

  it.skipIf(!existsSync(BUILT))('has no answer to a request that failed, and answers the next', async () => {
    writeFileSync(FILE, TEXT);
    await withThread(BUILT, async (thread) => {
      const answers = await Promise.all([
        thread.ask('facts', { file: FILE, to: SIZE }),
        thread.ask('scan', request(join(FOLDER, 'gone.csv'))),
        thread.ask('facts', { file: FILE, to: SIZE }),
      ]);
      const facts = await wholeFacts({ file: FILE, to: SIZE });
      expect(answers).toEqual([facts, null, facts]);
    });
  });

  it.skipIf(!existsSync(BUILT))('has no answer for a file that is gone, then or later', async () => {
    await withThread(BUILT, async (thread) => {
      for (let round = 0; round < 2; round++)
        expect(await thread.ask('scan', request(join(FOLDER, 'gone.csv')))).toBeNull();
    });
  });

  it('has no answer without its program', async () => {
    expect(await withThread(new URL('./gone/', BUILT), (thread) => thread.ask('scan', request(FILE)))).toBeNull();
  });
});
