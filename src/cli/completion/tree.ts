import type { Argument, Command, Option } from 'commander';
import { collect, collectWords } from '../command-options.ts';

/** What completes a value: words, one of the long lists by its name, files, `html=report.html`, or nothing known. */
export type Value =
  | { readonly type: 'words'; readonly words: readonly string[] }
  | { readonly type: 'list'; readonly list: ListName }
  | { readonly type: 'file' }
  | { readonly type: 'assigned'; readonly words: readonly string[] }
  | { readonly type: 'any' };

/** Words that several options share: packs, ids of rules, and all that `explain` has a page on. */
export const LIST_NAMES = ['packs', 'rules', 'topics'] as const;
export type ListName = (typeof LIST_NAMES)[number];
export type Lists = Readonly<Record<ListName, readonly string[]>>;

export interface CompletedOption {
  readonly short: string | null;
  readonly long: string;
  readonly description: string;
  readonly repeatable: boolean;
  /** Null for a switch. */
  readonly value: Value | null;
  /** What the value is called. */
  readonly placeholder: string;
}

export interface CompletedArgument {
  readonly name: string;
  readonly variadic: boolean;
  readonly value: Value;
}

export interface CompletedCommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly CompletedOption[];
  readonly arguments: readonly CompletedArgument[];
  readonly commands: readonly CompletedCommand[];
}

/** The command line as completion sees it. */
export interface CompletionTree {
  readonly program: CompletedCommand;
  /** The command that runs where none is named. */
  readonly fallback: CompletedCommand;
  readonly lists: Lists;
}

const FILES = /^(?:file|files|path|folder|report|reports|before|after)$/;
const LIST_OF: Readonly<Record<string, ListName>> = { '--pack': 'packs', '--rule': 'rules', '--skip': 'rules' };

/** `<[format=]path>` → `[format=]path`, null for a switch. */
function placeholderOf({ flags }: Option): string | null {
  return /<(.+?)(?:\.\.\.)?>/.exec(flags)?.[1] ?? null;
}

function formatsOf(command: Command): readonly string[] {
  return command.options.find(({ long }) => long === '--format')?.argChoices ?? [];
}

function completionOf(option: Option, placeholder: string, command: Command): Value {
  const list = LIST_OF[option.long ?? ''];
  if (option.argChoices !== undefined) return { type: 'words', words: option.argChoices };
  if (list !== undefined) return { type: 'list', list };
  if (placeholder.startsWith('[format=]')) return { type: 'assigned', words: formatsOf(command) };
  if (placeholder.includes('=')) return { type: 'assigned', words: [] };
  return FILES.test(placeholder) ? { type: 'file' } : { type: 'any' };
}

function completedOption(option: Option, command: Command): CompletedOption {
  const placeholder = placeholderOf(option);
  return {
    short: option.short ?? null,
    long: option.long ?? option.flags,
    description: option.description,
    repeatable: option.variadic || option.parseArg === collect || option.parseArg === collectWords,
    value: placeholder === null ? null : completionOf(option, placeholder, command),
    placeholder: placeholder ?? '',
  };
}

function completedArgument(argument: Argument, command: Command): CompletedArgument {
  const name = argument.name();
  const value = (): Value => {
    if (argument.argChoices !== undefined) return { type: 'words', words: argument.argChoices };
    if (command.name() === 'explain') return { type: 'list', list: 'topics' };
    return FILES.test(name) ? { type: 'file' } : { type: 'any' };
  };
  return { name, variadic: argument.variadic, value: value() };
}

function completedCommand(command: Command): CompletedCommand {
  const help = command.createHelp();
  const commands = help.visibleCommands(command).filter((each) => command.commands.includes(each));
  return {
    name: command.name(),
    description: command.description(),
    options: help.visibleOptions(command).map((option) => completedOption(option, command)),
    arguments: command.registeredArguments.map((argument) => completedArgument(argument, command)),
    commands: commands.map(completedCommand),
  };
}

const HELP = 'help';

/** `funnelint help <command>`, which commander adds by itself. */
function helpCommand(commands: readonly CompletedCommand[]): CompletedCommand {
  const words = commands.map(({ name }) => name);
  return {
    name: HELP,
    description: 'display help for command',
    options: [],
    arguments: [{ name: 'command', variadic: false, value: { type: 'words', words } }],
    commands: [],
  };
}

/** Reads the commands with their options and arguments off the program itself. */
export function completionTree(program: Command, fallback: string, lists: Lists): CompletionTree {
  const whole = completedCommand(program);
  const commands = [...whole.commands, helpCommand(whole.commands)];
  const found = commands.find(({ name }) => name === fallback);
  if (found === undefined) throw new Error(`there is no command ${fallback}`);
  return { program: { ...whole, commands }, fallback: found, lists };
}

/** All commands with the words that lead to each, `baseline write`, those that hold others before these. */
export function commandPaths(
  commands: readonly CompletedCommand[],
  before: readonly string[] = [],
): readonly { readonly path: string; readonly command: CompletedCommand }[] {
  return commands.flatMap((command) => {
    const words = [...before, command.name];
    return [{ path: words.join(' '), command }, ...commandPaths(command.commands, words)];
  });
}
