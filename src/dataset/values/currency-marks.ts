const CODES: ReadonlySet<string> = new Set(
  (
    'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF ' +
    'CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG ' +
    'HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA ' +
    'MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD ' +
    'RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX ' +
    'USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW'
  ).split(' '),
);

/** Currencies written with a bare `$`. */
const DOLLARS: ReadonlySet<string> = new Set(
  'USD AUD CAD HKD SGD NZD TWD MXN BSD BBD BMD BND BZD FJD GYD JMD KYD LRD NAD SBD SRD TTD XCD ARS CLP COP'.split(' '),
);

const YUAN_OR_YEN = '¥';
const DOLLAR = '$';

const WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '¥': YUAN_OR_YEN,
    // Where a Japanese character set has the yen sign, decoders put a backslash.
    '\\': 'JPY',
    元: YUAN_OR_YEN,
    圆: YUAN_OR_YEN,
    元整: YUAN_OR_YEN,
    $: DOLLAR,
    DOLLARS: DOLLAR,
    RMB: 'CNY',
    'RMB¥': 'CNY',
    'CNY¥': 'CNY',
    'CN¥': 'CNY',
    CNH: 'CNY',
    YUAN: 'CNY',
    人民币: 'CNY',
    人民币元: 'CNY',
    '人民币¥': 'CNY',
    'JP¥': 'JPY',
    円: 'JPY',
    日元: 'JPY',
    US$: 'USD',
    USD$: 'USD',
    美元: 'USD',
    美金: 'USD',
    HK$: 'HKD',
    港币: 'HKD',
    港元: 'HKD',
    NT$: 'TWD',
    台币: 'TWD',
    新台币: 'TWD',
    S$: 'SGD',
    新加坡元: 'SGD',
    新币: 'SGD',
    A$: 'AUD',
    AU$: 'AUD',
    澳元: 'AUD',
    C$: 'CAD',
    CA$: 'CAD',
    加元: 'CAD',
    NZ$: 'NZD',
    R$: 'BRL',
    MX$: 'MXN',
    '€': 'EUR',
    EURO: 'EUR',
    EUROS: 'EUR',
    欧元: 'EUR',
    '£': 'GBP',
    英镑: 'GBP',
    '₹': 'INR',
    RS: 'INR',
    'RS.': 'INR',
    '₩': 'KRW',
    韩元: 'KRW',
    '₽': 'RUB',
    '₫': 'VND',
    '฿': 'THB',
    '₺': 'TRY',
    '₱': 'PHP',
    '₪': 'ILS',
    '₴': 'UAH',
    '₦': 'NGN',
    ZŁ: 'PLN',
    KČ: 'CZK',
    瑞士法郎: 'CHF',
  }),
);

/**
 * Currency of the word or sign beside a number (NFKC, upper case, no blanks): an ISO code, or `¥` and `$`, which
 * several currencies share. `undefined` where it is none.
 */
export function currencyOfWord(word: string): string | undefined {
  return WORDS.get(word) ?? (CODES.has(word) ? word : undefined);
}

/** One currency out of the marks before and after a number: the more definite one, `undefined` if they contradict. */
export function mergeMarks(before: string | null, after: string | null): string | null | undefined {
  if (before === null || before === after) return after;
  if (after === null) return before;
  if (covers(before, after)) return after;
  return covers(after, before) ? before : undefined;
}

function covers(mark: string, currency: string): boolean {
  if (mark === YUAN_OR_YEN) return currency === 'CNY' || currency === 'JPY';
  return mark === DOLLAR && DOLLARS.has(currency);
}

/**
 * ISO code of the mark found in a cell. No mark is the default currency; `¥` is the default if that is CNY or JPY, else
 * CNY; `$` is the default if that is a dollar currency, else USD.
 */
export function resolveCurrency(mark: string | null, defaultCurrency: string | null): string | null {
  if (mark === null) return defaultCurrency;
  if (mark !== YUAN_OR_YEN && mark !== DOLLAR) return mark;
  if (defaultCurrency !== null && covers(mark, defaultCurrency)) return defaultCurrency;
  return mark === DOLLAR ? 'USD' : 'CNY';
}
