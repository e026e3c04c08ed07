import type { Archive, Part } from './archive.ts';
import { readXml } from './xml-reader.ts';
import { attributeOf } from './xml-token.ts';

/** A link from one part to another. */
export interface Relationship {
  readonly id: string;
  /** Last word of its type, the same in the transitional and the strict format: `worksheet`, `styles`. */
  readonly kind: string;
  /** Name of the part it leads to. */
  readonly target: string;
}

/**
 * The relationships of a part, or of the archive for the name ''. Those that lead out of the archive are left out.
 * @throws FunnelintError `file/damaged` when they are not there
 */
export async function readRelationships(archive: Archive, source: string): Promise<Relationship[]> {
  const folder = source.slice(0, source.lastIndexOf('/') + 1);
  const name = `${folder}_rels/${source.slice(folder.length)}.rels`;
  const relationships: Relationship[] = [];
  await readXml(requiredPart(archive, name), {
    open(token) {
      if (token.name !== 'Relationship' || attributeOf(token, 'TargetMode') === 'External') return;
      const target = (attributeOf(token, 'Target') ?? '').replaceAll('\\', '/');
      relationships.push({
        id: attributeOf(token, 'Id') ?? '',
        kind: (attributeOf(token, 'Type') ?? '').split('/').at(-1) ?? '',
        target: target.startsWith('/') ? target.slice(1) : folder + target,
      });
    },
    text() {},
    close() {},
  });
  return relationships;
}

/** Parts that are lists of what a workbook has, and are held as such, are small. */
export const SMALL_PART_BYTES = 64 * 2 ** 20;

/** @throws FunnelintError `file/damaged` when the part is not there */
export function requiredPart(archive: Archive, name: string): Part {
  const part = archive.part(name, SMALL_PART_BYTES);
  if (part === null) throw archive.fail({ en: `its part ${name} is missing`, zh: `缺少 ${name}` });
  return part;
}
