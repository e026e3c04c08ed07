import {
  type CompletedCommand,
  type CompletedOption,
  type CompletionTree,
  commandPaths,
  LIST_NAMES,
  type Value,
} from './tree.ts';

const HEAD = `# Completion of funnelint for fish. To install it:
#   funnelint completion fish > ~/.config/fish/completions/funnelint.fish
`;

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

function valueFlags(value: Value | null): string {
  switch (value?.type) {
    case undefined:
      return '';
    case 'words':
      return ` -x -a ${quoted(value.words.join(' '))}`;
    case 'list':
      return ` -x -a '(__funnelint_${value.list})'`;
    case 'file':
      return ' -r -F';
    case 'assigned':
      return ` -r -F -a ${quoted(value.words.map((word) => `${word}=`).join(' '))}`;
    case 'any':
      return ' -x';
  }
}

function optionLine(condition: string, { short, long, description, value }: CompletedOption): string {
  const shortFlag = short === null ? '' : ` -s ${short.slice(1)}`;
  const flags = `${shortFlag} -l ${long.slice(2)}${valueFlags(value)}`;
  return `complete -c funnelint -n ${quoted(condition)}${flags} -d ${quoted(description)}`;
}

function argumentLines(condition: string, { arguments: own, commands }: CompletedCommand): readonly string[] {
  const start = `complete -c funnelint -n ${quoted(condition)}`;
  const nested = commands.map(({ name, description }) => `${start} -a ${quoted(name)} -d ${quoted(description)}`);
  const [first] = own;
  if (first === undefined) return nested;
  if (first.value.type === 'file') return [`${start} -F`];
  return first.value.type === 'any' ? [] : [`${start}${valueFlags(first.value).replace(' -x', '')}`];
}

function commandLines(path: string, command: CompletedCommand): readonly string[] {
  const condition = `__funnelint_is ${quoted(path)}`;
  const options = command.options.map((option) => optionLine(condition, option));
  return ['', `# funnelint ${path}`, ...argumentLines(condition, command), ...options];
}

function switchOf({ program, fallback }: CompletionTree): string {
  const names = program.commands.map(({ name }) => name).join(' ');
  const nested = commandPaths(program.commands)
    .filter(({ path }) => path.includes(' '))
    .map(({ path }) => quoted(path));
  return `
# The command that the line is about; ${fallback.name} where none is named.
function __funnelint_command
    set -l words (commandline -opc)
    set -e words[1]
    if contains -- "$words[1] $words[2]" ${nested.join(' ')}
        echo "$words[1] $words[2]"
    else if contains -- "$words[1]" ${names}
        echo $words[1]
    else
        echo ${fallback.name}
    end
end

function __funnelint_is
    test (__funnelint_command) = "$argv[1]"
end

function __funnelint_first
    test (count (commandline -opc)) -eq 1
end
`;
}

function listFunctions({ lists }: CompletionTree): string {
  const lines = LIST_NAMES.map(
    (name) => `\nfunction __funnelint_${name}\n    printf '%s\\n' ${lists[name].join(' ')}\nend\n`,
  );
  return lines.join('');
}

/** The script for fish, from 3.0 on. */
export function fishScript(tree: CompletionTree): string {
  const { program } = tree;
  const first = '__funnelint_first';
  const lines = [
    'complete -c funnelint -f',
    ...program.commands.map(
      ({ name, description }) =>
        `complete -c funnelint -n ${quoted(first)} -a ${quoted(name)} -d ${quoted(description)}`,
    ),
    ...program.options.map((option) => optionLine(first, option)),
    ...commandPaths(program.commands).flatMap(({ path, command }) => commandLines(path, command)),
  ];
  return `${HEAD}${switchOf(tree)}${listFunctions(tree)}\n${lines.join('\n')}\n`;
}
