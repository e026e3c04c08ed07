import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FunnelintError } from '../../../src/errors.ts';
import { gunzip } from '../../../src/source/archive/gunzip.ts';
import { failureOf } from '../grid-readings.ts';

const text = Buffer.from(Array.from({ length: 5000 }, (_, row) => `D-${row},Won,${row * 7}`).join('\n'));
const packed = gzipSync(text);

/** A gzip file of zeros, made without ever holding them. */
function bomb(megabytes: number): Buffer {
  return gzipSync(Buffer.alloc(megabytes * 2 ** 20), { level: 9 });
}

/** The file with another byte that far from its end. */
function changedEnd(fromEnd: number): Buffer {
  const bytes = Buffer.from(packed);
  bytes[bytes.length - fromEnd] = (bytes[bytes.length - fromEnd] ?? 0) ^ 1;
  return bytes;
}

describe('gunzip', () => {
  it('unpacks', async () => {
    expect(await gunzip('a.csv.gz', packed)).toEqual(text);
    expect(await gunzip('a.csv.gz', gzipSync(''))).toEqual(Buffer.alloc(0));
  });

  it('unpacks all members, and passes over zeros behind them', async () => {
    const bytes = Buffer.concat([packed, gzipSync('more'), Buffer.alloc(512)]);
    expect(await gunzip('a.csv.gz', bytes)).toEqual(Buffer.concat([text, Buffer.from('more')]));
  });

  it.each<[string, Buffer, string]>([
    ['that is cut off', packed.subarray(0, -1), 'end of the file is missing'],
    ['that is cut off in its second member', Buffer.concat([packed, packed.subarray(0, -20)]), 'end of the file'],
    ['whose checksum is wrong', changedEnd(8), 'broken'],
    ['whose length is wrong', changedEnd(4), 'broken'],
    ['with other things behind it', Buffer.concat([packed, Buffer.from('abc')]), 'broken'],
    ['with other things behind zeros', Buffer.concat([packed, Buffer.from('\0\0abc')]), 'something else follows'],
    ['that unpacks to an absurd size', bomb(60), 'absurd'],
  ])('refuses a file %s', async (_name, bytes, reason) => {
    const error = await failureOf(() => gunzip('a.csv.gz', bytes));
    expect(error.code).toBe('file/damaged');
    expect(error.message).toContain(reason);
  });

  it('stops soon where a file unpacks to a thousand times its size, and keeps none of it', async () => {
    const member = bomb(64);
    const bytes = Buffer.concat(Array.from({ length: 16 }, () => member));
    const held = process.memoryUsage().rss;
    expect((await failureOf(() => gunzip('a.csv.gz', bytes))).message).toContain('absurd');
    expect(process.memoryUsage().rss - held).toBeLessThan(100 * 2 ** 20);
  });

  it('reads or refuses what is damaged, and never reads it as something else', async () => {
    const flip = fc.record({ at: fc.nat({ max: packed.length - 1 }), bits: fc.integer({ min: 1, max: 255 }) });
    await fc.assert(
      fc.asyncProperty(flip, async ({ at, bits }) => {
        const bytes = Buffer.from(packed);
        bytes[at] = (bytes[at] ?? 0) ^ bits;
        const found = await gunzip('a.csv.gz', bytes).catch((error: unknown) => error);
        if (!(found instanceof FunnelintError)) expect(found).toEqual(text);
      }),
      { numRuns: 200, seed: 20_260_501 },
    );
  });
});
