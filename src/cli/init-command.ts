import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Draft, DraftAnswers } from '../draft/draft.ts';
import { draftRules } from '../draft/draft-rules.ts';
import { type DraftCommands, draftText } from '../draft/draft-text.ts';
import { type DraftQuestion, QUESTION_ROUNDS } from '../draft/questions.ts';
import { FunnelintError } from '../errors.ts';
import { type Args, type Lang, say, type Text } from '../i18n/text.ts';
import { createTranslator, type Translator } from '../i18n/translator.ts';
import { type Asker, createAsker } from './ask.ts';
import { checkFileNames, openFiles } from './audit-file.ts';
import { environmentLang, type Host, requestedLang } from './host.ts';
import { tellOnStderr } from './inert-output.ts';
import { type InitSource, onlyExport, readInitSource } from './init-source.ts';
import { fileIdentity } from './output-path.ts';
import { printRendered } from './print-rendered.ts';
import { type Reading, type ReadingFlags, readingOf } from './reading-flags.ts';
import { writeFiles } from './write-files.ts';

export interface InitFlags extends ReadingFlags {
  readonly yes?: boolean;
  readonly output?: string;
  readonly force?: boolean;
  readonly lang?: Lang;
}

const RULES_FILE = 'funnelint.yaml';
const SPELLINGS: Readonly<Record<string, string>> = { 'funnelint.yaml': 'funnelint.yml', 'funnelint.yml': RULES_FILE };
const INTERRUPTED = 130;
/** A person who is not understood this often gets what is proposed. */
const MOST_TRIES = 3;

/** A word as a shell takes it for one. */
function shellWord(word: string): string {
  return /^[\p{L}\p{N}_./@%+:=,-]+$/u.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function readingWords({ sheet, headerRow, delimiter, encoding }: Reading): readonly string[] {
  const flags = { '--sheet': sheet, '--header-row': headerRow, '--delimiter': delimiter, '--encoding': encoding };
  return Object.entries(flags).flatMap(([flag, value]) => {
    if (value === undefined) return [];
    return [flag, shellWord(value === '\t' ? '\\t' : String(value))];
  });
}

/** An audit finds a rules file of the working folder by itself, unless the environment names another. */
function isFound(path: string, { folder, env }: Host): boolean {
  const named = env['FUNNELINT_CONFIG'] ?? '';
  return named === '' && Object.hasOwn(SPELLINGS, basename(path)) && resolve(dirname(path)) === resolve(folder);
}

function commandsOf(file: string, path: string, asked: Reading, needed: Reading, host: Host): DraftCommands {
  const config = isFound(path, host) ? [] : ['-c', shellWord(path)];
  return {
    init: ['funnelint init', shellWord(file), ...readingWords(asked)].join(' '),
    audit: ['funnelint audit', shellWord(file), ...config, ...readingWords(needed)].join(' '),
  };
}

/**
 * Checks where the draft is to go.
 * @throws FunnelintError `output/is-input`, `init/other-spelling`
 */
function checkTarget(path: string, file: string): void {
  if (path === '') throw new FunnelintError('output/no-path', { value: path });
  if (fileIdentity(path) === fileIdentity(file)) throw new FunnelintError('output/is-input', { file: path });
  const spelling = SPELLINGS[basename(path)];
  const other = spelling === undefined ? null : join(dirname(path), spelling);
  if (other !== null && existsSync(other)) throw new FunnelintError('init/other-spelling', { file: other });
}

/** Asks until the answer is understood; null when the person has broken off. */
async function answerOf(question: DraftQuestion, asker: Asker): Promise<DraftAnswers | null> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const answer = await asker.ask(question.lines, question.proposal);
    if (answer === null) return null;
    const read = question.read(answer);
    if (read !== null) return read;
  }
  return question.read(question.proposal) ?? {};
}

/** Drafts, asking what the data leave open; null when the person has broken off. */
async function draftWith({ request }: InitSource, asker: Asker | null, lang: Lang): Promise<Draft | null> {
  let answers: DraftAnswers = {};
  let draft = draftRules(request);
  if (asker === null) return draft;
  for (const round of QUESTION_ROUNDS) {
    const before = answers;
    for (const questionOf of round) {
      const question = questionOf(draft, translatorOf(draft, lang));
      if (question === null) continue;
      const answer = await answerOf(question, asker);
      if (answer === null) return null;
      answers = { ...answers, ...answer };
    }
    if (answers !== before) draft = draftRules(request, answers);
  }
  return draft;
}

const OVERWRITE = say(
  '{file} is there already. Overwrite it? y or n, or another path',
  '{file} 已存在，是否覆盖？y 或 n，也可输入其他路径',
);

/** Where to write; asks before it overwrites, null when the person has broken off. */
async function targetOf(
  path: string,
  file: string,
  asker: Asker | null,
  translator: Translator,
): Promise<string | null> {
  if (!existsSync(path)) return path;
  if (asker === null) throw new FunnelintError('init/exists', { file: path });
  const answer = await asker.ask([translator.text(OVERWRITE, { file: path })], 'n');
  if (answer === null) return null;
  if (/^(?:y|yes|是)$/i.test(answer)) return path;
  if (/^(?:n|no|否)$/i.test(answer) || existsSync(answer)) {
    throw new FunnelintError('init/exists', { file: /^(?:n|no|否)$/i.test(answer) ? path : answer });
  }
  checkTarget(answer, file);
  return answer;
}

/** What a person should look at before they rely on the draft. */
function remarksOn({ stages, open, source }: Draft): readonly (readonly [Text, Args])[] {
  const guessed = source.dates.filter(({ by }) => by === 'guess').map(({ field }) => ({ field }));
  const unplaced = (stages.list ?? []).filter((stage) => stage.unplaced).map(({ id }) => ({ stage: id }));
  const isWithoutStages = stages.header === null && stages.list === null;
  const unclear = open.map(({ field }) => ({ field }));
  const all: readonly (readonly [boolean, Text, Args])[] = [
    [
      isWithoutStages,
      say(
        'no column says which stage a deal is in: an audit fails until it is exported or named in the file',
        '没有阶段列：在导出中加上或在规则文件里写明之前，体检不会通过',
      ),
      {},
    ],
    [
      unclear.length > 0,
      say('not clear which column it is, so left out: {fields}', '不能确定是哪一列，未启用：{fields}'),
      { fields: { list: unclear } },
    ],
    [
      guessed.length > 0,
      say('day and month are a guess: {fields}', '日和月的先后是猜测的：{fields}'),
      { fields: { list: guessed } },
    ],
    [
      unplaced.length > 0,
      say('place in the funnel not known: {stages}', '在漏斗中的位置未知：{stages}'),
      { stages: { list: unplaced } },
    ],
    [!stages.orderIsSure && unplaced.length === 0, say('the order of the stages is a guess', '阶段顺序是推测的'), {}],
  ];
  return all.filter(([holds]) => holds).map(([, text, args]) => [text, args] as const);
}

function isNothing({ knownColumns, fields, open, stages }: Draft): boolean {
  return knownColumns + fields.length + open.length === 0 && stages.list === null;
}

function translatorOf({ labels: { fields, stages } }: Draft, lang: Lang): Translator {
  return createTranslator(lang, {
    fields: Object.fromEntries(fields.map(({ id, label }) => [id, label])),
    stages: Object.fromEntries(stages.map(({ id, label }) => [id, label])),
  });
}

const WRITTEN = say(
  'wrote {path}: {known} columns the packs know, {named} named here, {stages} stages, {rules} rules of its own',
  '已写入 {path}：规则包识别 {known} 列，另写明 {named} 列，{stages} 个阶段，{rules} 条规则',
);
const NEXT = say('next: {command}', '下一步：{command}');

async function tell(draft: Draft, path: string, { audit }: DraftCommands, lang: Lang, host: Host): Promise<void> {
  const translator = translatorOf(draft, lang);
  for (const [text, args] of remarksOn(draft)) tellOnStderr(`${translator.text(text, args)}\n`, host);
  const args = {
    path,
    known: draft.knownColumns,
    named: draft.fields.length,
    stages: (draft.stages.list ?? draft.stages.known).length,
    rules: draft.required.rules.length,
  };
  await printRendered(`${translator.text(WRITTEN, args)}\n${translator.text(NEXT, { command: audit })}\n`, host);
}

async function initWith(file: string, flags: InitFlags, asker: Asker | null, lang: Lang, host: Host): Promise<number> {
  const wanted = flags.output ?? RULES_FILE;
  checkTarget(wanted, file);
  if (asker === null && flags.force !== true && existsSync(wanted))
    throw new FunnelintError('init/exists', { file: wanted });
  const asked: Reading = readingOf(flags);
  const [opened] = await openFiles([file], flags.stdinFilename ?? 'stdin', host);
  const source = await readInitSource(opened ?? file, asked, host);
  const draft = await draftWith(source, asker, lang);
  if (draft === null) return INTERRUPTED;
  if (isNothing(draft)) throw new FunnelintError('init/not-a-pipeline', { file });
  const path = flags.force === true ? wanted : await targetOf(wanted, file, asker, translatorOf(draft, lang));
  if (path === null) return INTERRUPTED;
  const commands = commandsOf(file, path, asked, source.reading, host);
  await writeFiles([{ path, content: draftText(draft, commands, lang) }], host);
  await tell(draft, path, commands, lang, host);
  return 0;
}

/** `funnelint init`: looks at an export and writes a starter rules file for it. */
export async function initCommand(named: string | undefined, flags: InitFlags, host: Host): Promise<number> {
  const lang = requestedLang(host, flags.lang) ?? environmentLang(host);
  const file = named ?? onlyExport(host.folder);
  checkFileNames([file]);
  const asker = flags.yes === true ? null : createAsker(host);
  try {
    return await initWith(file, flags, asker, lang, host);
  } finally {
    asker?.close();
  }
}
