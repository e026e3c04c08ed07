import { Argument, Command, CommanderError, Option } from 'commander';
import type { AuditFlags } from './audit-command.ts';
import {
  auditOptions,
  collect,
  gateOptions,
  outputOptions,
  printOptions,
  readingOptions,
  redactOptions,
  reportOptions,
  rulesOptions,
  wholeNumber,
} from './command-options.ts';
import { createHost, errorLang, type Host } from './host.ts';

const SCREEN_DEALS = 5;

function addAudit(program: Command, host: Host, done: (code: number) => void): void {
  const command = program
    .command('audit', { isDefault: true })
    .description('check an export, report on the funnel, and gate')
    .usage('[options] <files...>')
    .argument('[files...]', 'exports of the deals, together one list; - reads standard input');
  gateOptions(reportOptions(auditOptions(outputOptions(command)))).action(
    async (files: string[], flags: AuditFlags) => {
      const { auditCommand } = await import('./audit-command.ts');
      done(await auditCommand(files, flags, host));
    },
  );
}

const BASELINE_TEXTS = {
  write: 'accept what is found today, in a file of hashes',
  update: 'bring the file up to date: new findings come in, mended ones go out',
  prune: 'take mended findings out of the file; nothing comes in',
} as const;

function addBaseline(program: Command, host: Host, done: (code: number) => void): void {
  const baseline = program.command('baseline').description('accept findings, so that only new ones count');
  for (const action of ['write', 'update', 'prune'] as const) {
    const command = baseline
      .command(action)
      .description(BASELINE_TEXTS[action])
      .argument('[files...]', 'exports of the deals, together one list; - reads standard input')
      .option('-o, --output <path>', 'the baseline (default: funnelint-baseline.txt)')
      .addOption(new Option('--lang <lang>', 'language of what is said').choices(['en', 'zh']))
      .option('-q, --quiet', 'print nothing but errors');
    if (action === 'write') command.option('--force', 'overwrite what is there');
    auditOptions(command).action(async (files: string[], flags) => {
      const { baselineCommand } = await import('./baseline-command.ts');
      done(await baselineCommand(action, files, flags, host));
    });
  }
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
  redactOptions(rulesOptions(readingOptions(printOptions(command)))).action(async (before, after, flags) => {
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
    .option('--kinds <file>', 'module with kinds of your own, to have them in the schema; repeatable', collect)
    .action(async (flags) => {
      const { schemaCommand } = await import('./schema-command.ts');
      done(await schemaCommand(flags, host));
    });
}

function addCompletion(program: Command, host: Host, done: (code: number) => void): void {
  program
    .command('completion')
    .description('script with which a shell completes command lines')
    .addArgument(
      new Argument('<shell>', 'the shell; the script says how to install it').choices(['bash', 'zsh', 'fish']),
    )
    .action(async (shell) => {
      const { completionCommand } = await import('./completion-command.ts');
      done(await completionCommand(shell, program, host));
    });
}

/** Every command but the one that runs by itself, by the words that ask for it. */
const COMMANDS: readonly (readonly [words: readonly string[], add: typeof addAudit])[] = [
  [['baseline'], addBaseline],
  [['compare'], addCompare],
  [['trend'], addTrend],
  [['inspect'], addInspect],
  [['init'], addInit],
  [['render', 'rules', 'explain', 'schema'], addOthers],
  [['completion'], addCompletion],
];

/** Words with which a command line may be about all commands. */
const ABOUT_ALL = ['-h', '--help', 'help', 'completion'];

/** Adds the commands that a command line may ask for or tell of: to put all together takes a small audit longer. */
function addCommands(argv: readonly string[], program: Command, host: Host, done: (code: number) => void): void {
  addAudit(program, host, done);
  const isAboutAll = argv.some((word) => ABOUT_ALL.includes(word));
  for (const [words, add] of COMMANDS) {
    if (isAboutAll || words.some((word) => argv.includes(word))) add(program, host, done);
  }
}

/** Runs a command line and answers with its exit code; it never ends the process itself. */
export async function main(argv: readonly string[], host: Host = createHost()): Promise<number> {
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
  addCommands(argv, program, host, done);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    if (error instanceof CommanderError && error.code === 'commander.help') return 2;
    const lang = errorLang(host, argv);
    const { isForActions, tellActions } = await import('./actions-step.ts');
    const isStep = isForActions({ ci: !argv.includes('--no-ci') }, host);
    if (!(error instanceof CommanderError)) {
      const { printError } = await import('./print-error.ts');
      return printError(error, lang, { debug: argv.includes('--debug'), isForActions: isStep }, host);
    }
    const { usageText } = await import('./usage-error.ts');
    const command = program.commands.map((each) => each.name()).find((name) => name === argv[0]) ?? 'audit';
    const { tellOnStderr } = await import('./inert-output.ts');
    const text = usageText(error.message, command, lang);
    tellOnStderr(text, host);
    if (isStep) tellActions(text.replace(/^funnelint: /, '').trim(), lang, host);
    return 2;
  }
}
