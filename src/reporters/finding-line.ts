import type { Translator } from '../i18n/translator.ts';
import { findingText } from '../report/finding-rows.ts';
import { clipped } from '../report/findings-view.ts';
import type { RuledFinding } from './worst-findings.ts';

const SEPARATOR = ' · ';

/** What a finding says, with the deal and its owner, as one line that is safe to show. */
export function findingLine({ finding, rule }: RuledFinding, translator: Translator): string {
  const message = findingText(finding, rule, translator);
  const named = [finding.name ?? finding.deal, finding.owner].filter((text) => text !== null && text !== '');
  return [message, ...named.map((text) => translator.value(text))].map(clipped).join(SEPARATOR);
}
