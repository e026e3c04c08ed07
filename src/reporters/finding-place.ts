import type { AuditReport, ReportFinding, ReportInput } from '../report/report.ts';

type Place = ReportFinding['at'];

/** A path as the user gave it, with the slashes that all machines know. */
export function slashedPath(file: string): string {
  return file.replaceAll('\\', '/').replace(/^(?:\.\/+)+(?=.)/, '');
}

const DRIVE = /^[A-Za-z]:\//;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function encodedSegments(path: string): string {
  return path
    .split('/')
    .map((segment) => encodeURIComponent(segment.replace(LONE_SURROGATE, '\ufffd')))
    .join('/');
}

/** The URI of a path; one that does not start at a root is relative to the folder that the audit ran in. */
export function fileUri(file: string): { readonly uri: string; readonly isRelative: boolean } {
  const path = slashedPath(file);
  if (DRIVE.test(path))
    return { uri: `file:///${path.slice(0, 2)}${encodedSegments(path.slice(2))}`, isRelative: false };
  if (path.startsWith('//')) return { uri: `file:${encodedSegments(path)}`, isRelative: false };
  if (path.startsWith('/')) return { uri: `file://${encodedSegments(path)}`, isRelative: false };
  return { uri: encodedSegments(path), isRelative: true };
}

/** Where a finding stands in the text of its file. */
export interface TextPlace {
  /** 1-based physical line. */
  readonly line: number;
  /** 1-based UTF-16 code unit where the cell begins, null where it is unknown or not on the line. */
  readonly column: number | null;
}

/** Tells the place in the text of a file; null for a workbook, what is packed in an archive, and a finding of no line. */
export function textPlaces({ inputs }: Pick<AuditReport, 'inputs'>): (at: Place) => TextPlace | null {
  const inputOf = new Map(inputs.map((input) => [keyOf(input), input]));
  return (at) => {
    const input = inputOf.get(keyOf(at));
    const isText = input === undefined ? at.column !== undefined : input.delimiter !== null;
    if (!isText || at.sheet !== null || at.line === null || at.line < 1) return null;
    return { line: at.line, column: at.column ?? null };
  };
}

function keyOf({ file, sheet }: Pick<ReportInput, 'file' | 'sheet'>): string {
  return JSON.stringify([file, sheet]);
}
