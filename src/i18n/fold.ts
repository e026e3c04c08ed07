const SPACES = /[\s\u00a0\u200b-\u200d\u2060\ufeff]+/gu;
const REQUIRED_MARK = /[(（【[]\s*(?:必填|选填|required|optional)\s*[)）】\]]\s*$/iu;
const TRAILING_MARK = /[*:：\s]+$/u;

/** A text without what people vary when they mean the same word: width, case, and spaces at or between its parts. */
export function foldWord(text: string): string {
  return text.normalize('NFKC').replace(SPACES, ' ').trim().toLowerCase();
}

/** A header cell as it is compared with known headers: `商机金额（必填）`, `Amount *` and `amount:` are one. */
export function foldHeader(header: string): string {
  const folded = foldWord(header.replace(REQUIRED_MARK, ''));
  return folded
    .replace(REQUIRED_MARK, '')
    .replace(/^\*+\s*/u, '')
    .replace(TRAILING_MARK, '');
}
