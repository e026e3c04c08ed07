import { extname } from 'node:path';
import { FunnelintError } from '../../errors.ts';
import type { Text } from '../../i18n/text.ts';

const ARCHIVES: Readonly<Record<'gzip' | 'zip', { extensions: readonly string[]; found: Text }>> = {
  gzip: { extensions: ['.gz', '.gzip', ''], found: { en: 'a gzip archive', zh: 'gzip 压缩包' } },
  zip: { extensions: ['.zip', ''], found: { en: 'a ZIP archive', zh: 'ZIP 压缩包' } },
};

/**
 * Refuses an archive whose name says that it is something else: most often a download that went wrong, which should be
 * looked at before its figures are.
 * @throws FunnelintError `file/misnamed-archive`
 */
export function checkArchiveName(file: string, kind: 'gzip' | 'zip'): void {
  const { extensions, found } = ARCHIVES[kind];
  if (extensions.includes(extname(file).toLowerCase())) return;
  const extension = extensions[0] ?? '';
  throw new FunnelintError('file/misnamed-archive', { file, found: { text: found }, extension });
}

const WORKBOOKS = ['.xls', '.xlsx', '.xlsm', '.xlsb', '.ods'];

/** True for a name that says the file is a workbook. */
export function isNamedWorkbook(file: string): boolean {
  return WORKBOOKS.includes(extname(file).toLowerCase());
}
