import {
  type CompletedCommand,
  type CompletedOption,
  type CompletionTree,
  commandPaths,
  LIST_NAMES,
  type Value,
} from './tree.ts';

const HEAD = `# Completion of funnelint for bash. To install it:
#   funnelint completion bash > ~/.local/share/bash-completion/completions/funnelint
# or, without the package bash-completion, add to ~/.bashrc:
#   eval "$(funnelint completion bash)"
`;

const HELPERS = `
_funnelint_words() {
  COMPREPLY+=($(compgen -W "$1" -- "$2"))
}

_funnelint_files() {
  local name
  while IFS= read -r name; do COMPREPLY+=("$name"); done < <(compgen -f -- "$1")
  compopt -o filenames 2>/dev/null
}

_funnelint_assigned() {
  _funnelint_words "$1" "$2"
  if [[ \${#COMPREPLY[@]} -eq 1 ]]; then compopt -o nospace 2>/dev/null; fi
  _funnelint_files "$2"
}
`;

function words(list: readonly string[]): string {
  return `'${list.join(' ')}'`;
}

function actionOf(value: Value): string {
  switch (value.type) {
    case 'words':
      return `_funnelint_words ${words(value.words)} "$current"`;
    case 'list':
      return `_funnelint_words "$(_funnelint_${value.list})" "$current"`;
    case 'file':
      return '_funnelint_files "$current"';
    case 'assigned':
      return `_funnelint_assigned ${words(value.words.map((word) => `${word}=`))} "$current"`;
    case 'any':
      return ':';
  }
}

function flagsOf({ short, long }: CompletedOption): readonly string[] {
  return short === null ? [long] : [short, long];
}

/** Branches of a `case`; those with the same action are one. */
function branches(entries: readonly (readonly [pattern: string, action: string])[]): string {
  const patterns = new Map<string, string[]>();
  for (const [pattern, action] of entries) patterns.set(action, [...(patterns.get(action) ?? []), pattern]);
  return [...patterns].map(([action, own]) => `    ${own.join(' | ')}) ${action} ;;`).join('\n');
}

function optionBranches({ program }: CompletionTree): string {
  const entries = commandPaths(program.commands).flatMap(({ path, command }) =>
    command.options.flatMap((option) => {
      const { value } = option;
      if (value === null) return [];
      return flagsOf(option).map((flag) => [`'${path} ${flag}'`, `${actionOf(value)}; return`] as const);
    }),
  );
  return branches(entries);
}

function optionWordBranches({ program }: CompletionTree): string {
  const entries = commandPaths(program.commands).map(({ path, command }) => {
    const flags = command.options.flatMap(flagsOf);
    return [`'${path}'`, `_funnelint_words ${words(flags)} "$current"`] as const;
  });
  return branches(entries);
}

function argumentAction({ commands, arguments: own }: CompletedCommand): string {
  const values = own.map(({ value }) => value);
  const [value] = values;
  if (commands.length > 0) return `_funnelint_words ${words(commands.map(({ name }) => name))} "$current"`;
  return value === undefined ? ':' : actionOf(value);
}

function argumentBranches({ program }: CompletionTree): string {
  return branches(commandPaths(program.commands).map(({ path, command }) => [`'${path}'`, argumentAction(command)]));
}

function subcommandBranches({ program }: CompletionTree): string {
  const pairs = commandPaths(program.commands).filter(({ path }) => path.includes(' '));
  return branches(pairs.map(({ path }) => [`'${path}'`, `command="$command \${COMP_WORDS[2]}"`]));
}

function listFunctions({ lists }: CompletionTree): string {
  return LIST_NAMES.map((name) => `\n_funnelint_${name}() {\n  echo ${words(lists[name])}\n}\n`).join('');
}

/** The script for bash, from 3.2 on. */
export function bashScript(tree: CompletionTree): string {
  const { program, fallback } = tree;
  const names = program.commands.map(({ name }) => name);
  return `${HEAD}${HELPERS}${listFunctions(tree)}
_funnelint() {
  local IFS=$' \\t\\n' command=${fallback.name}
  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]}
  COMPREPLY=()
  # bash takes "=" for a word of its own: --lang = zh, -o html = report.html
  if [[ $current == '=' ]]; then
    current=
    before='='
    COMP_WORDS+=('')
    COMP_CWORD=$((COMP_CWORD + 1))
  fi
  if [[ $before == '=' ]]; then
    before=\${COMP_WORDS[COMP_CWORD-2]}
    if [[ $before != -* ]]; then
      _funnelint_files "$current"
      return
    fi
  fi
  if [[ $COMP_CWORD -gt 1 ]]; then
    case "\${COMP_WORDS[1]}" in
    ${names.join(' | ')}) command=\${COMP_WORDS[1]} ;;
    esac
  fi
  if [[ $COMP_CWORD -gt 2 ]]; then
    case "$command \${COMP_WORDS[2]}" in
${subcommandBranches(tree)}
    esac
  fi
  case "$command $before" in
${optionBranches(tree)}
  esac
  if [[ $COMP_CWORD -eq 1 ]]; then
    case "$current" in
    -*) _funnelint_words ${words(program.options.flatMap(flagsOf))} "$current" ;;
    *) _funnelint_words ${words(names)} "$current" ;;
    esac
  fi
  if [[ $current == -* ]]; then
    case "$command" in
${optionWordBranches(tree)}
    esac
    return
  fi
  case "$command" in
${argumentBranches(tree)}
  esac
}

complete -F _funnelint funnelint
`;
}
