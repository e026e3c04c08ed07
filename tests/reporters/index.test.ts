import { describe, expect, it } from 'vitest';
import { REPORTERS } from '../../src/reporters/index.ts';

describe('REPORTERS', () => {
  it.each(Object.entries(REPORTERS))('%s loads the reporter of that name', async (format, load) => {
    const reporter = (await load()).default;
    expect(reporter.format).toBe(format);
    expect(reporter.extensions.length).toBeGreaterThan(0);
  });
});
