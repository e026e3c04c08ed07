import { FunnelintError } from '../errors.ts';
import { FORMATS, type Format } from '../reporters/index.ts';
import type { Host } from './host.ts';

function isFormat(name: string): name is Format {
  return (FORMATS as readonly string[]).includes(name);
}

/**
 * The format that `FUNNELINT_FORMAT` asks for, null where it asks for none.
 * @throws FunnelintError `flag/not-allowed` when there is no such format
 */
export function requestedFormat({ env }: Host): Format | null {
  const asked = env['FUNNELINT_FORMAT'];
  if (asked === undefined || asked === '') return null;
  if (isFormat(asked)) return asked;
  const allowed = FORMATS.join(', ');
  throw new FunnelintError('flag/not-allowed', { flag: 'FUNNELINT_FORMAT', value: asked, allowed });
}
