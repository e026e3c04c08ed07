import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Host } from '../../src/cli/host.ts';
import { initCommand } from '../../src/cli/init-command.ts';
import { createMemoryHost, type MemoryHost } from './memory-host.ts';

const ROWS = Array.from({ length: 12 }, (_, index) => {
  const stage = ['Spark', 'Flame', 'Gone', 'Signed'][index % 4] as string;
  return `D-${index},${stage},${index + 1}000,${index + 1}500,${index % 2 ? 'Ann Lee' : 'Bob Ray'}\n`;
});
const DEALS = `Deal ID,Stage,Sum A,Sum B,Owner\n${ROWS.join('')}`;

let folder = '';
let file = '';
let output = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'funnelint-init-'));
  file = join(folder, 'deals.csv');
  output = join(folder, 'funnelint.yaml');
  writeFileSync(file, DEALS);
});

afterEach(() => rmSync(folder, { recursive: true }));

function written(path = output): Readonly<Record<string, unknown>> {
  return parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
}

function stageIds(): readonly unknown[] {
  return (written()['stages'] as { id: string }[]).map(({ id }) => id);
}

interface Terminal {
  readonly host: MemoryHost;
  readonly type: (text: string) => void;
  readonly hangUp: () => void;
}

/** A host at whose terminal somebody types. */
function createTerminal(): Terminal {
  const host = createMemoryHost(folder);
  const keyboard = Object.assign(new PassThrough(), { isTTY: true });
  const stderr = Object.assign(host.stderr, { isTTY: true });
  // A stream stands in for the terminal; what only a terminal has is not used.
  const stdin = keyboard as unknown as NonNullable<Host['stdin']>;
  return {
    host: { ...host, stderr, stdin },
    type: (text) => void keyboard.write(text),
    hangUp: () => void keyboard.end(),
  };
}

describe('init without questions', () => {
  it('writes a rules file and says what comes next', async () => {
    const host = createMemoryHost(folder);
    expect(await initCommand(file, { output }, host)).toBe(0);
    expect(host.printed()).toContain(`wrote ${output}`);
    expect(host.printed()).toContain(`next: funnelint audit ${file}\n`);
    expect(readFileSync(output, 'utf8')).toContain('# fields: {amount: {column: Sum A}} # or “Sum B”');
    expect(readdirSync(folder).sort()).toEqual(['deals.csv', 'funnelint.yaml']);
  });

  it('names the rules file and the reading flags where an audit needs them', async () => {
    const other = join(folder, 'my rules.yaml');
    const host = createMemoryHost(folder);
    const semicolons = join(folder, 'semi.csv');
    writeFileSync(semicolons, DEALS.replaceAll(',', ';'));
    await initCommand(semicolons, { output: other, delimiter: ';', lang: 'zh' }, host);
    expect(host.printed()).toContain(`下一步：funnelint audit ${semicolons} -c '${other}' --delimiter ';'\n`);
    expect(readFileSync(other, 'utf8')).toContain("--delimiter ';'");
  });

  it('says which row is the header where an audit could not know', async () => {
    const bare = join(folder, 'bare.csv');
    writeFileSync(bare, '1,2,3\nA-1,Lead,3\nA-2,Won,5\nA-3,Lost,5\nA-4,Lost,5\n');
    const host = createMemoryHost(folder);
    await initCommand(bare, { output }, host);
    expect(host.printed()).toContain(`next: funnelint audit ${bare} --header-row 1\n`);
    expect(written()['fields']).toMatchObject({ stage: { column: '2' } });
  });

  it.each([
    ['init/exists', () => writeFileSync(output, 'mine')],
    ['init/other-spelling', () => writeFileSync(join(folder, 'funnelint.yml'), 'mine')],
  ])('refuses with %s and touches nothing', async (code, prepare) => {
    prepare();
    const before = readdirSync(folder);
    await expect(initCommand(file, { output, yes: true }, createMemoryHost(folder))).rejects.toMatchObject({ code });
    expect(readdirSync(folder)).toEqual(before);
  });

  it('overwrites when it is told to, but never the export', async () => {
    writeFileSync(output, 'mine');
    expect(await initCommand(file, { output, force: true }, createMemoryHost(folder))).toBe(0);
    expect(written()).toMatchObject({ version: 1 });
    const onto = initCommand(file, { output: file, force: true }, createMemoryHost(folder));
    await expect(onto).rejects.toMatchObject({ code: 'output/is-input' });
    expect(readFileSync(file, 'utf8')).toBe(DEALS);
  });

  it('needs an export that can be told, and a pipeline in it', async () => {
    writeFileSync(join(folder, 'other.xlsx'), '');
    writeFileSync(join(folder, '~$other.xlsx'), '');
    const host = createMemoryHost(folder);
    await expect(initCommand(undefined, {}, host)).rejects.toMatchObject({
      code: 'init/several-files',
      args: { files: 'deals.csv, other.xlsx' },
    });
    const empty = mkdtempSync(join(folder, 'empty-'));
    await expect(initCommand(undefined, {}, createMemoryHost(empty))).rejects.toMatchObject({ code: 'init/no-file' });
    const weather = join(folder, 'weather.csv');
    writeFileSync(weather, 'Ort,Grad\nKiel,4\nUlm,5\n');
    await expect(initCommand(weather, { output }, host)).rejects.toMatchObject({ code: 'init/not-a-pipeline' });
  });

  it('pays no heed to a rules file that is near', async () => {
    writeFileSync(join(folder, 'funnelint.yml'), 'not: a rules file');
    const other = join(folder, 'draft.yaml');
    expect(await initCommand(file, { output: other }, createMemoryHost(folder))).toBe(0);
  });
});

describe('init at a terminal', () => {
  it('asks what the data leave open, and takes what is proposed for Enter', async () => {
    const { host, type } = createTerminal();
    type('amount=2\n2 1\nwon=4 lost=3\neur\n');
    expect(await initCommand(file, { output }, host)).toBe(0);
    expect(written()).toMatchObject({ fields: { amount: { column: 'Sum B' } }, source: { currency: 'EUR' } });
    expect(host.printed()).toContain('1 Sum A   2 Sum B');
    const stages = written()['stages'] as { id: string; kind?: string }[];
    expect(stages.filter(({ kind }) => kind === 'won' || kind === 'lost')).toHaveLength(2);
  });

  it('asks again for an answer it does not understand, three times at most', async () => {
    const { host, type } = createTerminal();
    type(`amount=7\nfoo\namount=1\n${'1 1\n'.repeat(3)}\n\n`);
    expect(await initCommand(file, { output }, host)).toBe(0);
    expect(written()).toMatchObject({ fields: { amount: { column: 'Sum A' } } });
    expect(stageIds()).toContain('spark');
    expect(host.printed().match(/Which column holds what/g)).toHaveLength(3);
  });

  it('asks nothing with --yes', async () => {
    const { host } = createTerminal();
    expect(await initCommand(file, { output, yes: true }, host)).toBe(0);
    expect(host.printed()).not.toContain('?');
  });

  it('writes nothing when the person breaks off', async () => {
    const { host, hangUp } = createTerminal();
    hangUp();
    expect(await initCommand(file, { output }, host)).toBe(130);
    expect(readdirSync(folder)).toEqual(['deals.csv']);
  });

  it('asks before it overwrites, and takes another path', async () => {
    const plain = join(folder, 'plain.csv');
    writeFileSync(plain, 'Deal ID,Stage,Owner\nD-1,Lead,Ann\nD-2,Won,Bob\nD-3,Lost,Bob\n');
    writeFileSync(output, 'mine');
    const no = createTerminal();
    no.type('\n');
    await expect(initCommand(plain, { output }, no.host)).rejects.toMatchObject({ code: 'init/exists' });
    expect(readFileSync(output, 'utf8')).toBe('mine');
    const elsewhere = createTerminal();
    const other = join(folder, 'other.yaml');
    elsewhere.type(`${other}\n`);
    expect(await initCommand(plain, { output }, elsewhere.host)).toBe(0);
    expect(written(other)).toMatchObject({ version: 1 });
    const yes = createTerminal();
    yes.type('y\n');
    expect(await initCommand(plain, { output }, yes.host)).toBe(0);
    expect(written()).toMatchObject({ version: 1 });
  });
});
