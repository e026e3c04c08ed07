import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeFiles } from '../../src/cli/write-files.ts';
import { createMemoryHost } from './memory-host.ts';

const folder = mkdtempSync(join(tmpdir(), 'funnelint-write-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

let count = 0;
function freshFolder(): string {
  const path = join(folder, String(count++));
  mkdirSync(path);
  return path;
}

function* failing(): Generator<string> {
  yield 'x'.repeat(2 << 20);
  throw new Error('a fault of ours');
}

describe('writeFiles', () => {
  it('writes text, pieces of text and bytes', async () => {
    const at = freshFolder();
    const bytes = async function* () {
      yield Uint8Array.of(0xff, 0x00);
      yield Uint8Array.of(0x80);
    };
    const files = [
      { path: join(at, 'a.txt'), content: '甲' },
      { path: join(at, 'b.txt'), content: ['1', '2'] },
      { path: join(at, 'c.bin'), content: bytes() },
    ];
    await writeFiles(files, createMemoryHost(at));
    expect(readFileSync(join(at, 'a.txt'), 'utf8')).toBe('甲');
    expect(readFileSync(join(at, 'b.txt'), 'utf8')).toBe('12');
    expect([...readFileSync(join(at, 'c.bin'))]).toEqual([0xff, 0x00, 0x80]);
    expect(readdirSync(at)).toHaveLength(3);
  });

  it('leaves every file as it was when one of them cannot be finished', async () => {
    const at = freshFolder();
    writeFileSync(join(at, 'old.txt'), 'old');
    const files = [
      { path: join(at, 'old.txt'), content: 'new' },
      { path: join(at, 'other.txt'), content: failing() },
    ];
    await expect(writeFiles(files, createMemoryHost(at))).rejects.toThrow('a fault of ours');
    expect(readdirSync(at)).toEqual(['old.txt']);
    expect(readFileSync(join(at, 'old.txt'), 'utf8')).toBe('old');
  });

  it.skipIf(!existsSync('/dev/full'))('tells that the disk is full, with no other file written', async () => {
    const at = freshFolder();
    const files = [
      { path: join(at, 'a.txt'), content: 'a' },
      { path: '/dev/full', content: 'b' },
    ];
    const failure = expect.objectContaining({
      code: 'output/disk-full',
      args: { file: '/dev/full' },
    });
    await expect(writeFiles(files, createMemoryHost(at))).rejects.toEqual(failure);
    expect(readdirSync(at)).toEqual([]);
    expect(statSync('/dev/full').isFile()).toBe(false);
  });

  it('writes through a link and keeps who may read a file', async () => {
    const at = freshFolder();
    writeFileSync(join(at, 'real.txt'), 'old');
    chmodSync(join(at, 'real.txt'), 0o600);
    symlinkSync(join(at, 'real.txt'), join(at, 'link.txt'));
    await writeFiles([{ path: join(at, 'link.txt'), content: 'new' }], createMemoryHost(at));
    expect(lstatSync(join(at, 'link.txt')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(at, 'real.txt'), 'utf8')).toBe('new');
    expect(statSync(join(at, 'real.txt')).mode & 0o777).toBe(0o600);
  });

  it('writes to where a link leads that leads nowhere yet', async () => {
    const at = freshFolder();
    symlinkSync('later.txt', join(at, 'link.txt'));
    await writeFiles([{ path: join(at, 'link.txt'), content: 'new' }], createMemoryHost(at));
    expect(readFileSync(join(at, 'later.txt'), 'utf8')).toBe('new');
    expect(lstatSync(join(at, 'link.txt')).isSymbolicLink()).toBe(true);
  });

  it('takes the longest name there can be', async () => {
    const at = freshFolder();
    const path = join(at, 'n'.repeat(255));
    await writeFiles([{ path, content: 'new' }], createMemoryHost(at));
    expect(readFileSync(path, 'utf8')).toBe('new');
  });

  it.skipIf(spawnSync('mkfifo', ['--version']).status !== 0)('does not wait for a reader of a pipe', async () => {
    const at = freshFolder();
    const path = join(at, 'pipe');
    spawnSync('mkfifo', [path]);
    const failure = expect.objectContaining({ code: 'output/not-writable' });
    await expect(writeFiles([{ path, content: 'new' }], createMemoryHost(at))).rejects.toEqual(failure);
  });

  it('removes what is half-written when the run is interrupted', async () => {
    const at = freshFolder();
    const cleaning: (() => void)[] = [];
    const onInterrupt = (clean: () => void) => {
      cleaning.push(clean);
      return () => {};
    };
    const host = { ...createMemoryHost(at), onInterrupt };
    const seen: string[][] = [];
    const content = async function* () {
      yield Uint8Array.of(1);
      seen.push(readdirSync(at));
      for (const clean of cleaning) clean();
      seen.push(readdirSync(at));
      throw new Error('ended');
    };
    await expect(writeFiles([{ path: join(at, 'a.bin'), content: content() }], host)).rejects.toThrow('ended');
    expect(seen[0]).toHaveLength(1);
    expect(seen[1]).toEqual([]);
  });
});
