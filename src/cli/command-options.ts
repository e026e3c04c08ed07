import { type Command, InvalidArgumentError, Option } from 'commander';
import { VIEW_NAMES } from '../report/views/names.ts';
import { FORMATS } from '../reporters/index.ts';

const SCREEN_FINDINGS = 3;

export function wholeNumber(least: number): (value: string) => number {
  return (value) => {
    const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
    if (!Number.isSafeInteger(number) || number < least)
      throw new InvalidArgumentError(`expected a whole number from ${least}`);
    return number;
  };
}

export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** `owner,source` as two words. */
export function collectWords(value: string, before: readonly string[] = []): readonly string[] {
  const words = value.split(/[,，]/).map((word) => word.trim());
  return [...before, ...words.filter((word) => word !== '')];
}

const PERIODS = ['week', 'month', 'quarter', 'year'] as const;

const DOCUMENT_FORMATS: readonly string[] = ['terminal', 'json'];

export function printOptions(command: Command, formats = DOCUMENT_FORMATS): Command {
  return command
    .addOption(new Option('-f, --format <format>', 'what goes to stdout').choices(formats))
    .addOption(new Option('--lang <lang>', 'language of the report').choices(['en', 'zh']))
    .addOption(new Option('--color <when>', 'colour the output').choices(['auto', 'always', 'never']).default('auto'))
    .option('-q, --quiet', 'print nothing but errors');
}

export function outputOptions(command: Command): Command {
  return printOptions(command, FORMATS)
    .option('-o, --output <[format=]path>', 'write a file as well; repeatable', collect)
    .addOption(new Option('--view <name>', 'one page for one purpose').choices(VIEW_NAMES))
    .option('--max-findings <n>', 'findings shown per rule on screen', wholeNumber(0), SCREEN_FINDINGS);
}

export function rulesOptions(command: Command): Command {
  return command
    .option('-c, --config <path>', 'rules file (default: the nearest funnelint.yaml)')
    .option('--pack <name>', 'rules of a CRM instead of a rules file; repeatable', collect)
    .option('--kinds <file>', 'JavaScript module with kinds of rules of your own; it is run; repeatable', collect);
}

export function readingOptions(command: Command): Command {
  return command
    .option('--sheet <name>', 'worksheet to read')
    .option('--header-row <n>', 'row of the header', wholeNumber(1))
    .option('--delimiter <character>', 'field delimiter of a CSV')
    .option('--encoding <name>', 'encoding of a CSV')
    .option('--stdin-filename <name>', 'what standard input is called in the report');
}

export function redactOptions(command: Command): Command {
  return command
    .option('--redact', 'replace the values of sensitive fields by hashes in everything that is written')
    .option('--redact-field <field>', 'redact this field as well; repeatable', collectWords);
}

/** What is read and how it is audited. */
export function auditOptions(command: Command): Command {
  return redactOptions(rulesOptions(readingOptions(command)))
    .option('--history <file>', 'change log of the stages')
    .option('--previous <files...>', 'earlier exports of the same list')
    .option('--table <id=file>', 'a list that deals refer to, such as accounts=accounts.csv; repeatable', collect)
    .option('--as-of <date>', 'the day to take as today (2026-11-01)')
    .option('--timezone <zone>', 'time zone that times with an offset are turned to (Asia/Shanghai)')
    .option('--window <duration>', 'time a deal is given to move on (60d)')
    .option('--rule <id>', 'run only this rule; repeatable', collect)
    .option('--skip <id>', 'leave this rule out; repeatable', collect)
    .option('--tag <tag>', 'run only rules with this tag; repeatable', collect)
    .option('--debug', 'show stacks of faults');
}

/** What the report holds beside the findings. */
export function reportOptions(command: Command): Command {
  return command
    .option('--by <fields>', 'fields to break figures down by (owner,source); repeatable', collectWords)
    .addOption(new Option('--period <length>', 'periods to show figures by').choices(PERIODS))
    .option('--details', 'keep the keys of the deals behind every count in the JSON')
    .option('--save <folder>', 'keep the report as <day>.json for compare and trend, and say what changed');
}

/** What trips the gate. */
export function gateOptions(command: Command): Command {
  return command
    .addOption(new Option('--fail-on <level>', 'what trips the gate').choices(['error', 'warn', 'never']))
    .option('--max-warnings <n>', 'trip the gate on more warnings', wholeNumber(0))
    .option('--strict', 'count inconclusive and not run as failed')
    .option('--baseline <file>', 'findings known from before, which do not count')
    .option('--only-new', 'leave findings that the baseline knows out of the report')
    .option('--no-ci', 'no annotations and step summary in GitHub Actions');
}
