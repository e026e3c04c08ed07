import { describe, expect, it } from 'vitest';
import { FORMATS, formatOfExtension, REPORTERS } from '../../src/reporters/index.ts';

describe('REPORTERS', () => {
  it.each(FORMATS)('%s loads the reporter of that name', async (format) => {
    expect((await REPORTERS[format].load()).default.format).toBe(format);
  });

  it('gives an extension to one format only', () => {
    const extensions = FORMATS.flatMap((format) => [...REPORTERS[format].extensions]);
    expect(new Set(extensions).size).toBe(extensions.length);
  });

  it('chooses the format by the extension', () => {
    expect(formatOfExtension('sarif')).toBe('sarif');
    expect(formatOfExtension('pdf')).toBeNull();
  });
});
