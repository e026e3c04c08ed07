import { say } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import type { AuditReport, ReportFinding } from '../../report/report.ts';
import { findingLine } from '../finding-line.ts';
import { fileUri, slashedPath, textPlaces } from '../finding-place.ts';
import { uniqueFingerprints } from '../unique-fingerprints.ts';
import type { RuledFinding } from '../worst-findings.ts';
import { LEVELS } from './driver.ts';
import { plainMessage } from './text.ts';

/** Stands for the folder that the audit ran in. */
export const SOURCE_ROOT = '%SRCROOT%';

const IN_BASELINE = say('accepted in the baseline', '已在基线中接受');
const IN_BASELINE_FILE = say('accepted in the baseline {file}', '已在基线 {file} 中接受');

type Place = ReportFinding['at'];

/** `opps.xlsx!Sheet1!F47` */
function logicalLocation({ file, sheet, cell }: Place, translator: Translator): object {
  const path = slashedPath(file);
  const parts = [path.slice(path.lastIndexOf('/') + 1), sheet, cell].filter((part) => part !== null);
  const fullyQualifiedName = parts.map((part) => translator.value(part)).join('!');
  return cell === null ? { fullyQualifiedName } : { name: cell, fullyQualifiedName };
}

/**
 * Line and column in a text, the row in a workbook, else the first line: code scanning shows no result without a line.
 */
function regionOf(at: Place, placeOf: ReturnType<typeof textPlaces>): object {
  const place = placeOf(at);
  if (place === null) return { startLine: Math.max(1, at.line ?? 1) };
  return place.column === null ? { startLine: place.line } : { startLine: place.line, startColumn: place.column };
}

function locationOf(at: Place, placeOf: ReturnType<typeof textPlaces>, translator: Translator): object {
  const { uri, isRelative } = fileUri(at.file);
  return {
    physicalLocation: {
      artifactLocation: isRelative ? { uri, uriBaseId: SOURCE_ROOT } : { uri },
      region: regionOf(at, placeOf),
    },
    logicalLocations: [logicalLocation(at, translator)],
  };
}

/** A finding that the baseline knows stays in the file, marked as accepted. */
function baselineOf({ known }: ReportFinding, { baseline }: AuditReport, translator: Translator): object {
  if (known !== true) return baseline === undefined ? {} : { baselineState: 'new' };
  const justification =
    baseline === undefined ? translator.text(IN_BASELINE) : translator.text(IN_BASELINE_FILE, { file: baseline.file });
  return {
    baselineState: 'unchanged',
    suppressions: [{ kind: 'external', status: 'accepted', justification }],
  };
}

/**
 * GitHub tells a result by the key of its own; where that is missing, it makes it from the text of the line, and opens
 * every alert anew when the rows of an export are in another order.
 */
function partialFingerprints(fingerprint: string): object {
  return { 'funnelint/v1': fingerprint, primaryLocationLineHash: fingerprint };
}

/** Turns findings into results of SARIF. */
export function* resultsOf(
  found: readonly RuledFinding[],
  report: AuditReport,
  translator: Translator,
): Generator<object> {
  const indexOf = new Map(report.rules.map(({ id }, index) => [id, index]));
  const fingerprintOf = uniqueFingerprints(report.findings);
  const placeOf = textPlaces(report);
  for (const { finding, rule } of found) {
    yield {
      ruleId: rule.id,
      ruleIndex: indexOf.get(rule.id),
      level: LEVELS[finding.severity],
      message: plainMessage(findingLine({ finding, rule }, translator)),
      locations: [locationOf(finding.at, placeOf, translator)],
      partialFingerprints: partialFingerprints(fingerprintOf(finding)),
      ...baselineOf(finding, report, translator),
    };
  }
}
