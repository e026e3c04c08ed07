import type { ReportFinding } from '../report/report.ts';

/**
 * Fingerprints of which no two are alike: those who read them drop what has the same one. Of findings with the same
 * fingerprint the second gets `-2`, in the order of the report.
 */
export function uniqueFingerprints(findings: readonly ReportFinding[]): (finding: ReportFinding) => string {
  const used = new Set<string>();
  const repeats = new Map<string, number>();
  const numbered = new Map<ReportFinding, string>();
  for (const finding of findings) {
    const { fingerprint } = finding;
    let unique = fingerprint;
    while (used.has(unique)) {
      const repeat = (repeats.get(fingerprint) ?? 1) + 1;
      repeats.set(fingerprint, repeat);
      unique = `${fingerprint}-${repeat}`;
    }
    used.add(unique);
    if (unique !== fingerprint) numbered.set(finding, unique);
  }
  return (finding) => numbered.get(finding) ?? finding.fingerprint;
}
