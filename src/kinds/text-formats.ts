import type { Text } from '../i18n/text.ts';

/** A way of writing something that can be checked text by text. */
export interface TextFormat {
  /** What a text of the format is, as part of a sentence. */
  readonly name: Text;
  readonly holds: (text: string) => boolean;
}

const MOST_EMAIL = 254;
const MOST_LOCAL = 64;
const MOST_URL = 2048;
const URL_PARTS = /^(?:https?:\/\/)?([^\s/?#:@]+)(?::\d{1,5})?(?:[/?#]\S*)?$/i;

// Expressions with classes of characters take long to make: they stand where they are used, as few runs use them.

function isLabel(text: string): boolean {
  return /^(?!-)[\p{L}\p{N}-]{1,63}(?<!-)$/u.test(text);
}

function isTopLabel(text: string): boolean {
  return /^(?:\p{L}{2,63}|xn--[a-z0-9-]{1,59})$/iu.test(text);
}

/** Labels of letters, digits and hyphens, the last one a name: no bare host, no address of numbers. */
function isDomain(text: string): boolean {
  const labels = text.split('.');
  return labels.length >= 2 && labels.every(isLabel) && isTopLabel(labels.at(-1) ?? '');
}

function isLocalPart(text: string): boolean {
  return /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u.test(text);
}

function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@');
  if (at < 1 || at > MOST_LOCAL || text.length > MOST_EMAIL) return false;
  return isLocalPart(text.slice(0, at)) && isDomain(text.slice(at + 1));
}

function isUrl(text: string): boolean {
  if (text.length > MOST_URL) return false;
  const host = URL_PARTS.exec(text)?.[1];
  return host !== undefined && isDomain(host);
}

/** A mobile number of mainland China; spaces, hyphens and +86 make no difference. */
function isPhoneCn(text: string): boolean {
  const digits = text.normalize('NFKC').replace(/[\s\u2010-\u2015-]/g, '');
  return /^1[3-9]\d{9}$/.test(digits.startsWith('+86') ? digits.slice(3) : digits);
}

/** Characters of the code by their value; I, O, S, V and Z look too much like others. */
const USCC_CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** Check character of 18: the weighted sum of the 17 before it, weights 3^i modulo 31 (GB 32100-2015, 4.5). */
function isUscc(text: string): boolean {
  const code = text.normalize('NFKC').replace(/\s/g, '').toUpperCase();
  if (code.length !== 18) return false;
  let sum = 0;
  let weight = 1;
  for (let at = 0; at < 17; at++) {
    const value = USCC_CHARACTERS.indexOf(code.charAt(at));
    if (value < 0) return false;
    sum += value * weight;
    weight = (weight * 3) % 31;
  }
  return code.charAt(17) === USCC_CHARACTERS.charAt((31 - (sum % 31)) % 31);
}

const SALESFORCE_ID = /^[0-9A-Za-z]{15}(?:[A-Z0-5]{3})?$/;
const HEX_ID = /^[0-9a-f]{24}$/i;
const NUMBER_ID = /^\d{1,14}$/;
const CHECK_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The three characters that tell which of the fifteen before them are capitals, five by five. */
function salesforceChecksum(id: string): string {
  let checksum = '';
  for (let start = 0; start < 15; start += 5) {
    let capitals = 0;
    for (let at = 0; at < 5; at++) {
      const character = id.charAt(start + at);
      if (character >= 'A' && character <= 'Z') capitals += 2 ** at;
    }
    checksum += CHECK_CHARACTERS.charAt(capitals);
  }
  return checksum;
}

function isCrmId(text: string): boolean {
  if (NUMBER_ID.test(text) || HEX_ID.test(text)) return true;
  if (!SALESFORCE_ID.test(text)) return false;
  return text.length === 15 || text.slice(15) === salesforceChecksum(text);
}

/** Formats by their names in rules files. */
export const TEXT_FORMATS = {
  email: { name: { en: 'an e-mail address', zh: '电子邮箱' }, holds: isEmail },
  'phone-cn': { name: { en: 'a mobile number of mainland China', zh: '中国大陆手机号' }, holds: isPhoneCn },
  uscc: {
    name: {
      en: 'a unified social credit code (18 characters with a check character)',
      zh: '统一社会信用代码（18 位，含校验码）',
    },
    holds: isUscc,
  },
  url: { name: { en: 'a web address', zh: '网址' }, holds: isUrl },
  'crm-id': { name: { en: 'a record id of a CRM', zh: 'CRM 记录 ID' }, holds: isCrmId },
} as const satisfies Readonly<Record<string, TextFormat>>;

export type FormatName = keyof typeof TEXT_FORMATS;
export const FORMAT_NAMES = Object.keys(TEXT_FORMATS) as [FormatName, ...FormatName[]];

/** The name is one of a format. */
export function isFormatName(name: string): name is FormatName {
  return Object.hasOwn(TEXT_FORMATS, name);
}
