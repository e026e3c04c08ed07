import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { VIEW_NAMES } from '../report/views/names.ts';
import type { AuditFlags } from './audit-command.ts';
import { createHost, errorLang, type Host } from './host.ts';

const SCREEN_FINDINGS = 3;
const SCREEN_DEALS = 5;

function wholeNumber(least: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (!Number.isInteger(number) || number < least)
      throw new InvalidArgumentError(`expected a whole number from ${least}`);
    return number;
  };
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** `owner,source` as two words. */
function collectWords(value: string, before: readonly string[] = []): readonly string[] {
  const words = value.split(/[,，]/).map((word) => word.trim());
  return [...before, ...words.filter((word) => word !== '')];
}

const PERIODS = ['week', 'month', 'quarter', 'year'] as const;

function printOptions(command: Command): Command {
  return command
    .addOption(new Option('-f, --format <format>', 'what goes to stdout').choices(['terminal', 'json']))
    .addOption(new Option('--lang <lang>', 'language of the report').choices(['en', 'zh']))
    .addOption(new Option('--color <when>', 'colour the output').choices(['auto', 'always', 'never']).default('auto'))
    .option('-q, --quiet', 'print nothing but errors');
}

function outputOptions(command: Command): Command {
  return printOptions(command)
    .option('-o, --output <[format=]path>', 'write a file as well; repeatable', collect)
    .addOption(new Option('--view <name>', 'one page for one purpose').choices(VIEW_NAMES))
    .option('--max-findings <n>', 'findings shown per rule on screen', wholeNumber(0), SCREEN_FINDINGS);
}

function rulesOptions(command: Command): Command {
  return command
    .option('-c, --config <path>', 'rules file (default: the nearest funnelint.yaml)')
    .option('--pack <name>', 'rules of a CRM instead of a rules file; repeatable', collect);
}

function addAudit(program: Command, host: Host, done: (code: number) => void): void {
  const command = program
    .command('audit', { isDefault: true })
    .description('check an export, report on the funnel, and gate')
    .usage('[options] <files...>')
    .argument('[files...]', 'exports of the deals, together one list; - reads standard input')
    .option('--history <file>', 'change log of the stages')
    .option('--previous <files...>', 'earlier exports of the same list')
    .option('--table <id=file>', 'a list that deals refer to, such as accounts=accounts.csv; repeatable', collect)
    .option('--as-of <date>', 'the day to take as today (2026-11-01)')
    .option('--window <duration>', 'time a deal is given to move on (60d)')
    .option('--by <fields>', 'fields to break figures down by (owner,source); repeatable', collectWords)
    .addOption(new Option('--period <length>', 'periods to show figures by').choices(PERIODS))
    .option('--details', 'keep the keys of the deals behind every count in the JSON')
    .option('--save <folder>', 'keep the report as <day>.json for compare and trend, and say what changed')
    .option('--rule <id>', 'run only this rule; repeatable', collect)
    .option('--skip <id>', 'leave this rule out; repeatable', collect)
    .option('--tag <tag>', 'run only rules with this tag; repeatable', collect)
    .addOption(new Option('--fail-on <level>', 'what trips the gate').choices(['error', 'warn', 'never']))
    .option('--max-warnings <n>', 'trip the gate on more warnings', wholeNumber(0))
    .option('--strict', 'count inconclusive as failed')
    .option('--debug', 'show stacks of faults');
  rulesOptions(readingOptions(outputOptions(command))).action(async (files: string[], flags: AuditFlags) => {
    const { auditCommand } = await import('./audit-command.ts');
    done(await auditCommand(files, flags, host));
  });
}

function readingOptions(command: Command): Command {
  return command
    .option('--sheet <name>', 'worksheet to read')
    .option('--header-row <n>', 'row of the header', wholeNumber(1))
    .option('--delimiter <character>', 'field delimiter of a CSV')
    .option('--encoding <name>', 'encoding of a CSV')
    .option('--stdin-filename <name>', 'what standard input is called in the report');
}

function addInspect(program: Command, host: Host, done: (code: number) => void): void {
  const command = program
    .command('inspect')
    .description('what was understood of any table: encoding, header, fields, stages, rules that could run')
    .argument('[files...]', 'files to look at; - reads standard input');
  rulesOptions(readingOptions(printOptions(command)))
    .option('--debug', 'show stacks of faults')
    .action(async (files, flags) => {
      const { inspectCommand } = await import('./inspect-command.ts');
      done(await inspectCommand(files, flags, host));
    });
}

function addCompare(program: Command, host: Host, done: (code: number) => void): void {
  const command = program
    .command('compare')
    .description('what changed between two exports, or two saved reports, of one list')
    .argument('<before>', 'the earlier export, or a report saved as JSON')
    .argument('<after>', 'the later one')
    .option('--as-of <date>', 'the day of the later export (default: the date in its name, else today)')
    .option('--as-of-before <date>', 'the day of the earlier export (default: the date in its name)')
    .option('--max-deals <n>', 'deals shown of each change', wholeNumber(0), SCREEN_DEALS)
    .option('-o, --output <[format=]path>', 'write a .txt or .json file as well; repeatable', collect)
    .option('--debug', 'show stacks of faults');
  rulesOptions(readingOptions(printOptions(command))).action(async (before, after, flags) => {
    const { compareCommand } = await import('./compare-command.ts');
    done(await compareCommand(before, after, flags, host));
  });
}

function addTrend(program: Command, host: Host, done: (code: number) => void): void {
  const command = program
    .command('trend')
    .description('figures of saved reports over time, with the limits that chance keeps them within')
    .argument('<reports...>', 'folders of reports made with audit --save, or single reports')
    .option('-o, --output <[format=]path>', 'write a .txt or .json file as well; repeatable', collect);
  printOptions(command).action(async (paths: string[], flags) => {
    const { trendCommand } = await import('./trend-command.ts');
    done(await trendCommand(paths, flags, host));
  });
}

function addInit(program: Command, host: Host, done: (code: number) => void): void {
  const command = program
    .command('init')
    .description('look at an export and write a starter rules file for it')
    .argument('[file]', 'the export (default: the only one in the folder); - reads standard input')
    .option('-y, --yes', 'ask nothing, take what is proposed')
    .option('-o, --output <path>', 'where to write (default: funnelint.yaml)')
    .option('--force', 'overwrite what is there')
    .addOption(new Option('--lang <lang>', 'language of the comments').choices(['en', 'zh']))
    .option('--debug', 'show stacks of faults');
  readingOptions(command).action(async (file: string | undefined, flags) => {
    const { initCommand } = await import('./init-command.ts');
    done(await initCommand(file, flags, host));
  });
}

function addOthers(program: Command, host: Host, done: (code: number) => void): void {
  outputOptions(
    program
      .command('render')
      .description('a saved report in another format or language')
      .argument('<report>', 'report made with -f json; - reads standard input'),
  ).action(async (file, flags) => {
    const { renderCommand } = await import('./render-command.ts');
    done(await renderCommand(file, flags, host));
  });
  rulesOptions(
    printOptions(program.command('rules').description('the effective rules and where each comes from')).option(
      '--all',
      'every rule that ships, with its packs, on or not',
    ),
  ).action(async (flags) => {
    const { rulesCommand } = await import('./rules-command.ts');
    done(await rulesCommand(flags, host));
  });
  rulesOptions(
    printOptions(
      program
        .command('explain')
        .description('what a rule or kind checks, why, and how to fix it; how a metric is computed')
        .argument(
          '<name>',
          'id of a rule, a kind such as required, or a metric such as winRate; metrics and expressions are pages of all',
        ),
    ),
  ).action(async (name, flags) => {
    const { explainCommand } = await import('./explain-command.ts');
    done(await explainCommand(name, flags, host));
  });
  program
    .command('schema')
    .description('JSON Schema of the rules file, for editors')
    .option('--report', 'of the JSON report instead')
    .action(async (flags) => {
      const { schemaCommand } = await import('./schema-command.ts');
      done(await schemaCommand(flags, host));
    });
}

/** Runs a command line and answers with its exit code; it never ends the process itself. */
export async function main(argv: readonly string[]): Promise<number> {
  const host = createHost();
  let exitCode = 0;
  const done = (code: number): void => {
    exitCode = code;
  };
  const program = new Command('funnelint')
    .description('A linter for sales pipelines.')
    .version(host.version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => host.stdout.write(text),
      writeErr: (text) => host.stderr.write(text),
      outputError: () => {}, // told below, in the language of the user
      getOutHelpWidth: () => (host.stdout.isTTY === true ? host.stdout.columns : 100),
    });
  addAudit(program, host, done);
  addCompare(program, host, done);
  addTrend(program, host, done);
  addInspect(program, host, done);
  addInit(program, host, done);
  addOthers(program, host, done);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    const lang = errorLang(host, argv);
    if (!(error instanceof CommanderError)) {
      const { printError } = await import('./print-error.ts');
      return printError(error, lang, argv.includes('--debug'), host);
    }
    if (error.exitCode === 0) return 0;
    if (error.code === 'commander.help') return 2;
    const { usageText } = await import('./usage-error.ts');
    const command = program.commands.map((each) => each.name()).find((name) => name === argv[0]) ?? 'audit';
    host.stderr.write(usageText(error.message, command, lang));
    return 2;
  }
}
