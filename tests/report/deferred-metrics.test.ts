import { describe, expect, it } from 'vitest';
import { runAudit } from '../../src/audit.ts';
import { METRICS } from '../../src/metrics/index.ts';
import { reportDocument } from '../../src/report/report-document.ts';
import { reportSchema } from '../../src/report/schema.ts';
import { loadRuleset } from '../../src/ruleset/load.ts';
import { PLAIN_REQUEST } from '../audit-request.ts';
import { samplePath } from '../sample-audit.ts';

const REQUEST = {
  ...PLAIN_REQUEST,
  file: samplePath('salesforce', 'opportunities.csv'),
  history: samplePath('salesforce', 'history.csv'),
  ruleset: loadRuleset({ file: samplePath('salesforce', 'funnelint.yaml'), packs: [] }),
  asOf: null,
} as const;

describe.each([null, ['owner']])('an audit for the screen alone, by %j', (by) => {
  it('shows the same as one that computes everything', async () => {
    const all = await runAudit({ ...REQUEST, by });
    const overview = await runAudit({ ...REQUEST, by, metrics: 'overview' });
    const look = { lang: 'en', maxFindings: 3, view: null } as const;
    expect(reportDocument(overview, METRICS, look)).toEqual(reportDocument(all, METRICS, look));
    expect(overview.score).toEqual(all.score);
    expect(reportSchema.safeParse(overview).error).toBeUndefined();
  });

  it('leaves out what nobody looks at, and says so', async () => {
    const { metrics } = await runAudit({ ...REQUEST, by, metrics: 'overview' });
    expect(metrics['rfm']).toMatchObject({ result: null, deferred: true });
    expect(metrics['dwell']?.deferred).toBeUndefined();
    expect(metrics['winSegments']?.deferred).toBe(by === null ? true : undefined);
  });
});
