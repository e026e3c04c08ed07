import { describe, expect, it } from 'vitest';
import { jsonPieces } from '../../src/reporters/json.ts';
import { SAMPLE_REPORT } from './sample-report.ts';

describe('json', () => {
  const output = [...jsonPieces(SAMPLE_REPORT)].join('');

  it('is the report and one newline', () => {
    expect(JSON.parse(output)).toEqual(SAMPLE_REPORT);
    expect(output.endsWith('}\n')).toBe(true);
  });

  it('keeps the order of the keys', () => {
    expect(Object.keys(JSON.parse(output))).toEqual(Object.keys(SAMPLE_REPORT));
  });

  it('holds no raw character that acts on a terminal', () => {
    expect(output).not.toMatch(/[\u007f-\u009f\u202a-\u202e]/);
    expect(output).toContain('北京\\u202e星河\\u009b31m');
  });
});
