import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MISSING, PRESENT, UNREADABLE } from '../../../src/dataset/dataset.ts';
import { dayOf, dayOfIso, isoOf, partsOf } from '../../../src/dataset/values/calendar.ts';
import { type DateOrder, type DateReading, readDates } from '../../../src/dataset/values/dates.ts';

function result(texts: readonly string[], order: DateOrder | null = null, timezone: string | null = null) {
  return readDates(texts, new Uint8Array(texts.length).fill(PRESENT), { order, timezone });
}

function read(texts: readonly string[], order: DateOrder | null = null, timezone: string | null = null): DateReading {
  const reading = result(texts, order, timezone);
  if ('ambiguous' in reading) throw new Error(`ambiguous: ${reading.ambiguous.example}`);
  return reading;
}

/** `2026-05-01 10:22:33.5`, or `2026-05-01` at midnight. */
function shown(text: string, order: DateOrder | null = null, timezone: string | null = null): string {
  const { days, millis } = read([text], order, timezone);
  const day = isoOf(days[0] as number);
  if (millis === null) return day;
  const seconds = ((millis[0] as number) - (days[0] as number) * 86_400_000) / 1000;
  const pad = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const fraction = seconds % 1 === 0 ? '' : String(seconds % 1).slice(1);
  return `${day} ${pad(seconds / 3600)}:${pad((seconds / 60) % 60)}:${pad(seconds % 60)}${fraction}`;
}

describe('readDates, one text', () => {
  it.each([
    ['2026-05-01', '2026-05-01'],
    ['2026/5/1', '2026-05-01'],
    ['2026.5.1', '2026-05-01'],
    ['2026/05/01', '2026-05-01'],
    ['2026-05-01 10:22', '2026-05-01 10:22:00'],
    ['2026-05-01 10:22:33', '2026-05-01 10:22:33'],
    ['2026-05-01 10:22:33.500', '2026-05-01 10:22:33.5'],
    ['2026-05-01 10:22:33.500999', '2026-05-01 10:22:33.5'],
    ['2026-05-01T10:22:00Z', '2026-05-01 10:22:00'],
    ['2026-05-01T10:22:00+08:00', '2026-05-01 10:22:00'],
    ['2026-05-01T10:22:00.000+0000', '2026-05-01 10:22:00'],
    ['2026/5/1 9:05', '2026-05-01 09:05:00'],
    ['2026年5月1日', '2026-05-01'],
    ['2026年05月01日 10:22', '2026-05-01 10:22:00'],
    ['2026年5月1日下午2:15', '2026-05-01 14:15:00'],
    ['2026年5月1日 14时05分06秒', '2026-05-01 14:05:06'],
    ['２０２６年５月１日', '2026-05-01'],
    ['20260501', '2026-05-01'],
    ['20260501102233', '2026-05-01 10:22:33'],
    ['45000', '2023-03-15'],
    ['45000.5', '2023-03-15 12:00:00'],
    ['25569', '1970-01-01'],
    ['1777630920000', '2026-05-01 10:22:00'],
    ['1777630920', '2026-05-01 10:22:00'],
    ['26-02-2018 19:58', '2018-02-26 19:58:00'],
    ['5/13/2026 2:15:33 PM', '2026-05-13 14:15:33'],
    ['5/13/2026 12:00:01 am', '2026-05-13 00:00:01'],
    ['25.3.2026', '2026-03-25'],
    ['15 Apr, 2021 00:02:00', '2021-04-15 00:02:00'],
    ['Apr 15, 2021', '2021-04-15'],
    ['April 15th, 2021', '2021-04-15'],
    ['Sept. 5, 2021', '2021-09-05'],
    ['15-Apr-21', '2021-04-15'],
    ['15-APR-1969', '1969-04-15'],
    ['Thu, 15 Apr 2021', '2021-04-15'],
    ['3/3/2026', '2026-03-03'],
    ['31/12/68', '2068-12-31'],
    ['31/12/69', '1969-12-31'],
    [' 2026-05-01\u00a0', '2026-05-01'],
    ['1970-01-01 00:00', '1970-01-01'],
  ])('%j is %s', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it.each([
    ...[
      '2026-02-30',
      '2026-13-01',
      '2026-05',
      '2026年5月',
      '2026',
      'Q2',
      '5/2026',
      '31/02/2026',
      '32/1/2026',
      '20261301',
    ],
    ...['2026-05-01 25:00', '2026-05-01 10:60', '2026-05-01x', '2026-05/01', '15 Foo 2021', '19999', '80001', '1.5'],
    ...[
      '2026-05-01T10:22:00+25:00',
      '2026-05-01T10:22.33',
      '5/13/2026 13:00 PM',
      '2026-05-011',
      'next week',
      '99999999',
      'May 2026',
      '12:30',
    ],
  ])('%j is unreadable', (text) => {
    const { state, days } = read([text]);
    expect([state[0], days[0]]).toEqual([UNREADABLE, Number.NaN]);
  });

  it.each(['1900-01-01', '1900/1/1', '1900-01-01 00:00:00', '0000-00-00', '0000-00-00 00:00:00'])(
    '%j stands for an empty date',
    (text) => {
      const { state, days, millis } = read([text, '2026-05-01 10:00']);
      expect([state[0], days[0], millis?.[0]]).toEqual([MISSING, Number.NaN, Number.NaN]);
    },
  );
});

describe('readDates, day and month', () => {
  it('follows the texts that prove an order', () => {
    const dayFirst = read(['3/5/2026', '26/02/2026']);
    expect([isoOf(dayFirst.days[0] as number), dayFirst.order]).toEqual(['2026-05-03', 'DMY']);
    const monthFirst = read(['3/5/2026', '02/26/2026']);
    expect([isoOf(monthFirst.days[0] as number), monthFirst.order]).toEqual(['2026-03-05', 'MDY']);
  });

  it('calls the minority unreadable', () => {
    const reading = read(['26/02/2026', '27/02/2026', '02/26/2026', '3/5/2026']);
    expect([...reading.state]).toEqual([PRESENT, PRESENT, UNREADABLE, PRESENT]);
    expect(isoOf(reading.days[3] as number)).toBe('2026-05-03');
  });

  it('reports a column without proof, or with as much for either side', () => {
    expect(result(['2026-05-01', '3/3/2026', '3/5/2026'])).toEqual({ ambiguous: { example: '3/5/2026', code: 2 } });
    expect(result(['26/02/2026', '02/26/2026'])).toEqual({ ambiguous: { example: '26/02/2026', code: 0 } });
  });

  it('does not ask where every text is the same both ways', () => {
    expect([...read(['3/3/2026', '4/4/2026']).state]).toEqual([PRESENT, PRESENT]);
  });

  it('takes the order of the rules file', () => {
    expect(shown('3/5/2026', 'DMY')).toBe('2026-05-03');
    expect(shown('3/5/2026', 'MDY')).toBe('2026-03-05');
    expect(shown('26/5/1', 'DMY')).not.toBe('2026-05-01');
  });

  it('takes the order of the rules file for two-digit years too', () => {
    expect(shown('26/05/01', 'YMD')).toBe('2026-05-01');
    expect(read(['3/5/2026'], 'YMD').state[0]).toBe(UNREADABLE);
    expect(read(['26/02/2026'], 'MDY').state[0]).toBe(UNREADABLE);
  });

  it('changes no date when texts that prove nothing are added', () => {
    const proof = fc.constantFrom('26/02/2026', '5/26/2026');
    const any = fc.array(fc.constantFrom('3/5/2026', '1/2/26', '7.7.2026', '45000', 'abc', '28/03/2026'));
    const neutral = fc.array(fc.constantFrom('2026-05-01', '4/5/2026', '3/3/2026', '31/31/2026', '20260501', 'later'));
    fc.assert(
      fc.property(proof, any, neutral, (first, texts, more) => {
        const before = result([first, ...texts]);
        const after = result([first, ...texts, ...more]);
        if ('ambiguous' in before || 'ambiguous' in after) expect('ambiguous' in before).toBe('ambiguous' in after);
        else expect([...after.days].slice(0, texts.length + 1)).toEqual([...before.days]);
      }),
    );
  });
});

describe('readDates, the clock', () => {
  it('turns offsets and epoch numbers to the time zone', () => {
    expect(shown('2026-05-01T22:00:00Z', null, 'Asia/Shanghai')).toBe('2026-05-02 06:00:00');
    expect(shown('2026-05-01T00:30:00+02:00', null, 'Asia/Shanghai')).toBe('2026-05-01 06:30:00');
    expect(shown('1777630920000', null, 'America/New_York')).toBe('2026-05-01 06:22:00');
    expect(shown('2026-05-01 22:00', null, 'Asia/Shanghai')).toBe('2026-05-01 22:00:00');
  });

  it('knows the days on which clocks change', () => {
    expect(shown('2026-03-08T06:59:00Z', null, 'America/New_York')).toBe('2026-03-08 01:59:00');
    expect(shown('2026-03-08T07:00:00Z', null, 'America/New_York')).toBe('2026-03-08 03:00:00');
    expect(shown('2026-11-01T06:30:00Z', null, 'America/New_York')).toBe('2026-11-01 01:30:00');
  });

  it('agrees with the platform in a zone of half hours', () => {
    const format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Australia/Lord_Howe',
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    fc.assert(
      fc.property(fc.integer({ min: 1e9, max: 2e9 }), (seconds) => {
        const { days, millis } = read([String(seconds), '2026-01-01 00:01'], null, 'Australia/Lord_Howe');
        const wall = new Date(millis?.[0] as number).toISOString().slice(0, 19).replace('T', ' ');
        expect(wall).toBe(format.format(seconds * 1000));
        expect(days[0]).toBe(Math.floor((millis?.[0] as number) / 86_400_000));
      }),
    );
  });

  it('has times only where one is not midnight', () => {
    expect(read(['2026-05-01 00:00:00', '2026-05-02']).millis).toBeNull();
    expect([...(read(['2026-05-01 00:01', '2026-05-02']).millis ?? [])]).toEqual([
      1_777_593_660_000, 1_777_680_000_000,
    ]);
  });

  it('refuses an unknown time zone', () => {
    expect(() => result(['2026-05-01'], null, 'Mars/Olympus')).toThrow(RangeError);
  });
});

describe('readDates, round trip', () => {
  const formats: ((year: number, month: number, day: number) => string)[] = [
    (year, month, day) => `${year}-${month}-${day}`,
    (year, month, day) => `${year}/${String(month).padStart(2, '0')}/${day}`,
    (year, month, day) => `${year}年${month}月${day}日`,
    (year, month, day) => `${year}${String(month).padStart(2, '0')}${String(day).padStart(2, '0')}`,
    (year, month, day) =>
      `${day} ${['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'][month - 1]} ${year}`,
    (year, month, day) => `${day}/${month}/${year}`,
  ];

  it('reads back every format of a day', () => {
    const day = fc.integer({ min: dayOf(1901, 1, 1), max: dayOf(2199, 12, 31) });
    fc.assert(
      fc.property(day, fc.constantFrom(...formats), (number, format) => {
        const { year, month, day: dayOfMonth } = partsOf(number);
        expect(read([format(year, month, dayOfMonth)], 'DMY').days[0]).toBe(number);
        expect(dayOfIso(isoOf(number))).toBe(number);
      }),
    );
  });
});
