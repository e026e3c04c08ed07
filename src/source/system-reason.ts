import type { Text } from '../i18n/text.ts';

const REASONS: Readonly<Record<string, Text>> = {
  ENOENT: { en: 'there is no such folder', zh: '目录不存在' },
  ENOTDIR: { en: 'there is no such folder', zh: '目录不存在' },
  EISDIR: { en: 'it is a folder', zh: '它是一个目录' },
  EACCES: { en: 'permission denied', zh: '没有权限' },
  EPERM: { en: 'permission denied', zh: '没有权限' },
  EROFS: { en: 'the disk is read-only', zh: '磁盘只读' },
  ENOSPC: { en: 'the disk is full', zh: '磁盘已满' },
  EBUSY: { en: 'another program is using it', zh: '文件正被其他程序占用' },
  ENAMETOOLONG: { en: 'the name is too long', zh: '文件名过长' },
  ERR_STRING_TOO_LONG: { en: 'it is larger than 512 MB', zh: '文件超过 512 MB' },
  ERR_FS_FILE_TOO_LARGE: { en: 'it is larger than 2 GB', zh: '文件超过 2 GB' },
  ENXIO: { en: 'nobody reads from it', zh: '没有程序从中读取' },
  ESPIPE: { en: 'it is a pipe, which can be read once only', zh: '它是管道，只能读取一次' },
  ELOOP: { en: 'its links go in a circle', zh: '符号链接循环' },
};

/** Code of a failure of the operating system (`ENOENT`), null for any other failure. */
export function systemCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** What a failure of the operating system means; one without words of its own shows its code. */
export function systemReason(code: string): Text {
  return REASONS[code] ?? { en: code, zh: code };
}
