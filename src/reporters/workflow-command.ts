/** The runner takes `##[name]` for a command wherever it stands; a space without width tears it apart. */
function withoutCommand(text: string): string {
  return text.replaceAll('##[', '##\u200b[');
}

function escapedData(text: string): string {
  return withoutCommand(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** A line that the runner of GitHub Actions takes for an annotation, in which no text can start another. */
export function workflowCommand(
  level: string,
  properties: Readonly<Record<string, string | null>>,
  message: string,
): string {
  const given = Object.entries(properties).flatMap(([name, value]) =>
    value === null ? [] : [`${name}=${escapedProperty(value)}`],
  );
  return `::${level} ${given.join(',')}::${escapedData(message)}\n`;
}
