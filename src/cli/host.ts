import { FunnelintError } from '../errors.ts';
import type { Lang } from '../i18n/text.ts';
import { VERSION } from '../version.ts';

/** The machine as the commands see it; the only place that knows process, clock and environment. */
export interface Host {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
  /** ISO date of today in the machine's time zone. */
  readonly today: () => string;
  readonly version: string;
  /** Has `clean` run when the run is interrupted, which then ends; answers with how to have it no longer. */
  readonly onInterrupt: (clean: () => void) => () => void;
  /** Everything that comes through standard input. */
  readonly readStdin: () => Promise<Buffer>;
  /** Where a person types; absent where nobody can. */
  readonly stdin?: NodeJS.ReadStream;
}

/** As much as one buffer holds with room to spare. */
const MOST_STDIN_BYTES = 2 ** 30;

async function readStdin(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size > MOST_STDIN_BYTES) {
      const reason = { en: 'more than 1 GB on standard input', zh: '标准输入超过 1 GB' };
      throw new FunnelintError('file/too-large', { file: '-', reason: { text: reason } });
    }
  }
  return Buffer.concat(chunks);
}

const INTERRUPTS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const INTERRUPTED = 130;

/** Only while there is something to clean: a listener would keep long computations from being interrupted at once. */
function onInterrupt(clean: () => void): () => void {
  const stops = INTERRUPTS.map((signal) => {
    const end = (): never => {
      clean();
      process.exit(INTERRUPTED);
    };
    process.on(signal, end);
    return () => process.off(signal, end);
  });
  return () => {
    for (const stop of stops) stop();
  };
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

export function createHost(): Host {
  // A reader that went away (`| head -1`) is no reason to fail; whoever writes the report listens for the rest.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    folder: process.cwd(),
    today: () => {
      const now = new Date();
      return `${now.getFullYear()}-${twoDigits(now.getMonth() + 1)}-${twoDigits(now.getDate())}`;
    },
    version: VERSION,
    onInterrupt,
    readStdin,
    // To look at it opens it, which only a command that asks should do.
    get stdin() {
      return process.stdin;
    },
  };
}

/** The language the environment asks for. */
export function environmentLang({ env }: Host): Lang {
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return locale.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

function isLang(name: string | undefined): name is Lang {
  return name === 'en' || name === 'zh';
}

/**
 * The language that `--lang`, else `FUNNELINT_LANG` asks for.
 * @throws FunnelintError `flag/not-allowed` when the variable names another one
 */
export function requestedLang({ env }: Host, flag: Lang | undefined): Lang | null {
  const asked = env['FUNNELINT_LANG'];
  if (flag !== undefined || asked === undefined || asked === '') return flag ?? null;
  if (isLang(asked)) return asked;
  throw new FunnelintError('flag/not-allowed', { flag: 'FUNNELINT_LANG', value: asked, allowed: 'en, zh' });
}

/** The language to tell a mistake in before any rules file is read; a wrong language is not a second mistake here. */
export function errorLang(host: Host, argv: readonly string[]): Lang {
  const flags = argv.flatMap((arg, index) => (arg === '--lang' ? [argv[index + 1]] : [/^--lang=(.*)$/.exec(arg)?.[1]]));
  return [...flags.reverse(), host.env['FUNNELINT_LANG']].find(isLang) ?? environmentLang(host);
}

/** Whether to colour a stream: `--color`, then FORCE_COLOR, then NO_COLOR, then a terminal that is not dumb. */
export function wantsColour(host: Host, stream: NodeJS.WriteStream, flag: 'auto' | 'always' | 'never'): boolean {
  if (flag !== 'auto') return flag === 'always';
  const { FORCE_COLOR: force, NO_COLOR: no, TERM: term } = host.env;
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false';
  if (no !== undefined && no !== '') return false;
  return stream.isTTY === true && term !== 'dumb';
}

const DEFAULT_WIDTH = 100;

/** Columns of a stream; a fixed width where it is no terminal, so that piped output does not depend on the window. */
export function widthOf({ env }: Host, stream: NodeJS.WriteStream): number {
  const asked = Number(env['COLUMNS']);
  if (stream.isTTY === true && stream.columns > 0) return stream.columns;
  return Number.isInteger(asked) && asked >= 40 ? asked : DEFAULT_WIDTH;
}
