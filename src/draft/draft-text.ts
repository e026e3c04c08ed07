import { fileName } from '../i18n/file-name.ts';
import { type Lang, say } from '../i18n/text.ts';
import { createTranslator, type Translator } from '../i18n/translator.ts';
import type { Draft, FieldDraft, SourceDraft } from './draft.ts';
import { rulesSection } from './rules-text.ts';
import { stagesSection } from './stages-text.ts';
import { flowList, flowMap, scalar, shortened } from './yaml-text.ts';

const SCHEMA = './node_modules/funnelint/rules/schema.json';
const WIDTH = 118;
const MOST_HEADERS = 60;
const LONGEST_NAME = 60;

/** Commands that the comments name. */
export interface DraftCommands {
  /** The one that drafted the file. */
  readonly init: string;
  /** The one that audits by it. */
  readonly audit: string;
}

/** Items behind `#`, as many on a line as there is room for. */
function itemLines(title: string, items: readonly string[], separator: string): string[] {
  const lines: string[] = [];
  let line = `# ${title}`;
  for (const [index, item] of items.entries()) {
    const piece = index === items.length - 1 ? item : `${item}${separator}`;
    if (line.length + piece.length > WIDTH) {
      lines.push(line.trimEnd());
      line = '#   ';
    }
    line += piece;
  }
  return [...lines, line];
}

function nameOf(file: string): string {
  return shortened(fileName(file), LONGEST_NAME);
}

function head(draft: Draft, commands: DraftCommands, translator: Translator): string[] {
  const { file, sheet, headerRow, rows, pack } = draft;
  const args = { file: shortened(file, 200), sheet: sheet ?? '', row: headerRow, rows, command: commands.init };
  const packs = ['funnelint:recommended', ...(pack === null ? [] : [`funnelint:${pack}`])];
  const name = nameOf(file);
  return [
    `# yaml-language-server: $schema=${SCHEMA}`,
    `# ${translator.text(
      sheet === null
        ? say(
            'Drafted from {file} (rows: {rows}, header in row {row}) by: {command}',
            '根据 {file} 起草（{rows} 行，表头在第 {row} 行）：{command}',
          )
        : say(
            'Drafted from {file}, sheet {sheet} (rows: {rows}, header in row {row}) by: {command}',
            '根据 {file} 的工作表 {sheet} 起草（{rows} 行，表头在第 {row} 行）：{command}',
          ),
      args,
    )}`,
    `# ${translator.text(say('Proposed from what the file holds; read it once and change what is otherwise in your funnel.', '内容根据文件推断，请通读一遍，把与实际不符的地方改掉。'))}`,
    'version: 1',
    `extends: [${packs.join(', ')}]`,
    `name: ${flowMap({ en: scalar(`Pipeline audit of ${name}`), zh: scalar(`${name} 漏斗体检`) })}`,
  ];
}

/** A line of YAML that is not in force, and why. */
interface Proposal {
  readonly entry: string;
  readonly why: string;
}

/** A section with what is proposed for it; alone, proposals stand outside, since an empty section is a mistake. */
function section(key: string, remark: string, entries: readonly string[], proposals: readonly Proposal[]): string[] {
  if (entries.length + proposals.length === 0) return [];
  if (entries.length === 0) return ['', ...proposals.map(({ entry, why }) => `# ${key}: {${entry}} # ${why}`)];
  const proposed = proposals.map(({ entry, why }) => `  # ${entry} # ${why}`);
  return ['', `${key}:${remark}`, ...entries.map((line) => `  ${line}`), ...proposed];
}

const DATE_FORMS = { DMY: 'DD/MM/YYYY', MDY: 'MM/DD/YYYY', YMD: 'YYYY/MM/DD' } as const;
const DATE_REMARKS = {
  cells: say('as its dates show', '由该列日期判定'),
  others: say('as in the other date columns', '与其他日期列一致'),
  likely: say(
    'day and month cannot be told apart; the other way round gives impossible dates',
    '无法区分日和月；反过来会出现不合理的日期',
  ),
  guess: say('CHECK: nothing in the file tells day from month', '请确认：文件里无法区分日和月'),
} as const;

function dateLines({ dates }: SourceDraft, translator: Translator): string[] {
  if (dates.length === 0) return [];
  const lines = dates.map(
    ({ field, order, by }) => `  ${scalar(field)}: ${DATE_FORMS[order]} # ${translator.text(DATE_REMARKS[by])}`,
  );
  return ['dates:', ...lines];
}

function missingLines({ missing: { kept, observed } }: SourceDraft, translator: Translator): string[] {
  if (observed.length === 0) return [];
  const seen = observed.map(({ text, rows }) =>
    translator.text(say('{text} in {rows} cells', '“{text}” {rows} 格'), { text: shortened(text, LONGEST_NAME), rows }),
  );
  return [`missing: ${flowList([...kept, ...observed.map(({ text }) => text)])} # ${seen.join(', ')}`];
}

function currencyProposal({ currency }: SourceDraft, translator: Translator): Proposal[] {
  if (currency.by !== 'open') return [];
  const why = say('say what amounts without a currency are in; there are {rows}', '{rows} 个金额没有币种，请写明');
  return [{ entry: `currency: ${currency.proposal ?? 'USD'}`, why: translator.text(why, { rows: currency.bareRows }) }];
}

function sourceSection({ source, rows }: Draft, translator: Translator): string[] {
  const { key, currency } = source;
  const remark = (en: string, zh: string): string => ` # ${translator.text(say(en, zh))}`;
  const entries = [
    ...(key === null ? [] : [`key: ${scalar(key)}${remark('what tells one deal from another', '商机的唯一标识')}`]),
    ...(currency.code === null
      ? []
      : [`currency: ${scalar(currency.code)}${remark('what a bare number is in', '未标币种的金额按此计')}`]),
    ...missingLines(source, translator),
    ...dateLines(source, translator),
  ];
  const advice = say(
    'No column tells one deal from another: add the deal id to the export.',
    '没有能唯一标识商机的列，建议导出时加上商机编号。',
  );
  const noKey = key !== null || rows === 0 ? [] : ['', `# ${translator.text(advice)}`];
  return [...section('source', '', entries, currencyProposal(source, translator)), ...noKey];
}

function fieldRemark({ confidence }: FieldDraft, translator: Translator): string {
  if (confidence === null) return translator.text(say('as you said', '由你指定'));
  return translator.text(say('told by its cells, {sure} sure', '由单元格内容判断，把握 {sure}'), {
    sure: { rate: confidence },
  });
}

function fieldsSection({ fields, open }: Draft, translator: Translator): string[] {
  const entries = fields.map(
    (draft) => `${scalar(draft.field)}: {column: ${scalar(draft.header)}} # ${fieldRemark(draft, translator)}`,
  );
  const proposals = open.flatMap(({ field, candidates }): Proposal[] => {
    const [first, ...others] = candidates.filter(({ header }) => header !== '');
    if (first === undefined) return [];
    const names = { list: others.map(({ header }) => `“${shortened(header, LONGEST_NAME)}”`) };
    const why =
      others.length === 0
        ? say('perhaps; not in force', '可能是它，未启用')
        : say('or {names}; not clear, so not in force', '或 {names}，不确定，未启用');
    return [{ entry: `${scalar(field)}: {column: ${scalar(first.header)}}`, why: translator.text(why, { names }) }];
  });
  const remark = ` # ${translator.text(say('what the packs do not know by its header', '规则包按表头认不出的列'))}`;
  return section('fields', remark, entries, proposals);
}

function unmappedLines({ unmapped }: Draft, translator: Translator): string[] {
  if (unmapped.length === 0) return [];
  const shown = unmapped.slice(0, MOST_HEADERS).map((header) => translator.value(shortened(header, LONGEST_NAME)));
  const rest = unmapped.length - shown.length;
  const more = rest === 0 ? [] : [translator.text(say('and {rest} more', '等另外 {rest} 列'), { rest })];
  const title = translator.text(say('Columns that serve no field: ', '没有对应字段的列：'));
  return ['', ...itemLines(title, [...shown, ...more], translator.lang === 'zh' ? '、' : ', ')];
}

/** The text of a rules file, with comments in one language; keys and ids are never translated. */
export function draftText(draft: Draft, commands: DraftCommands, lang: Lang): string {
  const translator = createTranslator(lang, {
    fields: Object.fromEntries(draft.labels.fields.map(({ id, label }) => [id, label])),
    stages: Object.fromEntries(draft.labels.stages.map(({ id, label }) => [id, label])),
  });
  const segments = draft.segments.length === 0 ? [] : ['', `segments: ${flowList(draft.segments)}`];
  const next = translator.text(say('Audit by it: {command}', '用它体检：{command}'), { command: commands.audit });
  const lines = [
    ...head(draft, commands, translator),
    ...sourceSection(draft, translator),
    ...fieldsSection(draft, translator),
    ...unmappedLines(draft, translator),
    ...stagesSection(draft, translator),
    ...rulesSection(draft, translator),
    ...segments,
    '',
    `# ${next}`,
  ];
  return `${lines.join('\n')}\n`;
}
