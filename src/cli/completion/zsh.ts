import {
  type CompletedCommand,
  type CompletedOption,
  type CompletionTree,
  commandPaths,
  LIST_NAMES,
  type Value,
} from './tree.ts';

const HEAD = `#compdef funnelint
# Completion of funnelint for zsh. To install it, into a folder of $fpath:
#   funnelint completion zsh > "\${fpath[1]}/_funnelint"
# or add to ~/.zshrc, below compinit:
#   source <(funnelint completion zsh)
`;

const HELPERS = `
_funnelint_assigned() {
  if compset -P 1 '*='; then
    _files
    return
  fi
  (( $# )) && compadd -S '=' -q -- "$@"
  _files
}
`;

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Text inside the brackets of an option, where these and backslashes have a meaning. */
function bracketed(text: string): string {
  return text.replace(/[\\[\]]/g, '\\$&');
}

/** Text beside a colon. */
function beforeColon(text: string): string {
  return text.replace(/[\\:]/g, '\\$&');
}

function actionOf(value: Value): string {
  switch (value.type) {
    case 'words':
      return `(${value.words.join(' ')})`;
    case 'list':
      return `_funnelint_${value.list}`;
    case 'file':
      return '_files';
    case 'assigned':
      return `{_funnelint_assigned ${value.words.join(' ')}}`;
    case 'any':
      return ' ';
  }
}

function optionSpecs({ short, long, description, repeatable, value, placeholder }: CompletedOption): string {
  const rest = `[${bracketed(description)}]`;
  const wanted = value === null ? '' : `:${beforeColon(placeholder)}:${actionOf(value)}`;
  const tail = quoted(rest + wanted);
  const [shortMark, longMark] = value === null ? ['', ''] : ['+', '='];
  const star = repeatable ? '*' : '';
  if (short === null) return quoted(`${star}${long}${longMark}${rest}${wanted}`);
  const others = repeatable ? quoted('*') : quoted(`(${short} ${long})`);
  return `${others}{${short}${shortMark},${long}${longMark}}${tail}`;
}

function argumentSpecs({ arguments: own, commands }: CompletedCommand): readonly string[] {
  if (commands.length > 0) return [quoted(`1:command:(${commands.map(({ name }) => name).join(' ')})`)];
  return own.map(({ name, variadic, value }, index) =>
    quoted(`${variadic ? '*' : index + 1}:${beforeColon(name)}:${actionOf(value)}`),
  );
}

function functionOf(path: string): string {
  return `_funnelint_command_${path.replaceAll(' ', '_')}`;
}

function described({ name, description }: CompletedCommand): string {
  return quoted(`${beforeColon(name)}:${description}`);
}

function commandFunction(path: string, command: CompletedCommand): string {
  const specs = [...command.options.map(optionSpecs), ...argumentSpecs(command)];
  const nested = command.commands.map(({ name }) => name);
  const into =
    nested.length === 0
      ? ''
      : `  case "$words[2]" in
    ${nested.join(' | ')})
      if (( CURRENT > 2 )); then
        local own="${functionOf(path)}_$words[2]"
        shift words
        (( CURRENT-- ))
        $own
        return
      fi
      ;;
  esac
`;
  return `
${functionOf(path)}() {
${into}  _arguments -s -S : "$@" \\
    ${specs.join(' \\\n    ')}
}
`;
}

function listFunctions({ lists }: CompletionTree): string {
  return LIST_NAMES.map((name) => `\n_funnelint_${name}() {\n  compadd -- ${lists[name].join(' ')}\n}\n`).join('');
}

/** The script for zsh, from 5.0 on. */
export function zshScript(tree: CompletionTree): string {
  const { program, fallback } = tree;
  const ownOptions = program.options.filter(({ long }) => fallback.options.every((other) => other.long !== long));
  return `${HEAD}${HELPERS}${listFunctions(tree)}${commandPaths(program.commands)
    .map(({ path, command }) => commandFunction(path, command))
    .join('')}
_funnelint() {
  local -a commands
  commands=(
    ${program.commands.map(described).join('\n    ')}
  )
  if (( CURRENT > 2 )) && [[ -n "\${commands[(r)$words[2]:*]}" ]]; then
    local own="_funnelint_command_$words[2]"
    shift words
    (( CURRENT-- ))
    $own
    return
  fi
  if (( CURRENT == 2 )) && [[ "$words[2]" != -* ]]; then
    _describe -t commands command commands
  fi
  ${functionOf(fallback.name)} ${ownOptions.map(optionSpecs).join(' ')}
}

if [[ "$funcstack[1]" == _funnelint ]]; then
  _funnelint "$@"
else
  compdef _funnelint funnelint
fi
`;
}
