import { FunnelintError } from '../errors.ts';
import type { Lang } from '../i18n/text.ts';
import { createTranslator, type Translator } from '../i18n/translator.ts';
import { type InspectedTable, type Inspection, inspectFiles } from '../inspect.ts';
import { noticeText } from '../report/notice-texts.ts';
import { cellName } from '../source/cell-name.ts';
import type { Notice } from '../source/sheet.ts';
import { checkFileNames, openFiles, STDIN } from './audit-file.ts';
import { environmentLang, type Host, requestedLang } from './host.ts';
import { tellOnStderr } from './inert-output.ts';
import { inspectionDocument } from './inspection-document.ts';
import { type PrintFlags, printDocument } from './print-document.ts';
import { type ReadingFlags, readingOf } from './reading-flags.ts';
import { chooseKinds, chooseRules, type RulesFlags } from './rules-choice.ts';

export interface InspectFlags extends RulesFlags, ReadingFlags, PrintFlags {
  readonly lang?: Lang;
}

/** A notice in words: with its place, or without for one that is about the whole table. */
export function noticeLine({ file, sheet }: InspectedTable, notice: Notice, translator: Translator): string {
  const place = notice.cell ?? (notice.line === null ? null : String(notice.line));
  const where = [file, ...(sheet === null ? [] : [sheet])].join('!') + (place === null ? '' : `:${place}`);
  return `${translator.value(where)}  ${translator.text(noticeText(notice.code), notice.args)}`;
}

function tableJson(table: InspectedTable, translator: Translator): unknown {
  return {
    ...table,
    setAside: table.setAside.map(({ row, line, reason, excerpt }) => ({
      line,
      cell: cellName(0, row),
      reason,
      excerpt,
    })),
    notices: table.notices.map(({ code, args, line, cell }) => ({
      code,
      line,
      cell,
      text: translator.text(noticeText(code), args),
    })),
  };
}

/** The contract of `inspect -f json`. */
function inspectionJson({ tables, best, shape, packs, rules }: Inspection, translator: Translator): unknown {
  return {
    tables: tables.map((table) => tableJson(table, translator)),
    best,
    shape,
    pack: packs.filter((pack) => pack !== 'recommended').at(-1) ?? null,
    rules: {
      can: rules.can,
      cannot: rules.cannot.map(({ id, needs }) => ({ id, needs: translator.text(needs) })),
    },
  };
}

/** `funnelint inspect`: what files hold and what was understood, whether they are pipelines or not. */
export async function inspectCommand(files: readonly string[], flags: InspectFlags, host: Host): Promise<number> {
  checkFileNames(files);
  const ruleset = await chooseRules(
    flags,
    host,
    files.find((file) => file !== STDIN) ?? null,
    await chooseKinds(flags),
  );
  const ownLang = 'report' in ruleset ? ruleset.report.lang : null;
  const lang = requestedLang(host, flags.lang) ?? ownLang ?? environmentLang(host);
  const inspection = await inspectFiles({
    files: await openFiles(files, flags.stdinFilename ?? 'stdin', host),
    ruleset,
    reading: readingOf(flags),
    today: host.today(),
  });
  const translator = createTranslator(lang, labelsOf(inspection));
  if (flags.quiet !== true) tellNotices(inspection, translator, host);
  const printable = {
    document: () => inspectionDocument(inspection, translator),
    json: () => inspectionJson(inspection, translator),
  };
  await printDocument(printable, lang, flags, host);
  for (const table of inspection.tables) refuseDamage(table);
  return 0;
}

/**
 * Rows whose quotes nobody can pair, or that the file breaks off in, are no table; the others are shown before.
 * @throws FunnelintError `table/rows-refused`
 */
function refuseDamage({ file, setAside }: InspectedTable): void {
  const damaged = setAside.filter(({ reason }) => reason === 'quote' || reason === 'cut-off');
  const [first] = damaged;
  if (first === undefined) return;
  throw new FunnelintError('table/rows-refused', { file, line: first.line, rows: damaged.length });
}

function tellNotices({ tables }: Inspection, translator: Translator, host: Host): void {
  for (const table of tables) {
    for (const notice of table.notices) tellOnStderr(`${noticeLine(table, notice, translator)}\n`, host);
  }
}

function labelsOf({ dataset }: Inspection): Parameters<typeof createTranslator>[1] {
  const { fields = [], stages = [] } = dataset ?? {};
  return {
    fields: Object.fromEntries(fields.map(({ id, label }) => [id, label])),
    stages: Object.fromEntries(stages.map(({ id, label }) => [id, label])),
  };
}
