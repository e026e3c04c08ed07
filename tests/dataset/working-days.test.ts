import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOfIso, weekdayOf } from '../../src/dataset/values/calendar.ts';
import { workingDayCount } from '../../src/dataset/working-days.ts';

const day = (iso: string): number => dayOfIso(iso) as number;
const between = (
  from: number,
  until: number,
  holidays: readonly number[] = [],
  workdays: readonly number[] = [],
): number => {
  const count = workingDayCount({ holidays, workdays });
  return count(until) - count(from);
};

describe('working days', () => {
  it('leaves weekends out', () => {
    // 2024-03-04 is a Monday.
    expect(between(day('2024-03-04'), day('2024-03-11'))).toBe(5);
    expect(between(day('2024-03-08'), day('2024-03-11'))).toBe(1);
    expect(between(day('2024-03-09'), day('2024-03-11'))).toBe(0);
  });

  it('knows days off and the weekends worked in their place', () => {
    // National Day 2024: off from Tuesday 1 to Monday 7 October; Sunday 29 September and Saturday 12 October are worked.
    const holidays = [1, 2, 3, 4, 5, 6, 7].map((date) => day(`2024-10-0${date}`));
    const workdays = [day('2024-09-29'), day('2024-10-12')];
    // 27 and 29 and 30 September; 8 to 12 October.
    expect(between(day('2024-09-27'), day('2024-10-13'), holidays, workdays)).toBe(8);
  });

  it('counts the part of a day that is worked', () => {
    // Friday 18:00 to Monday 06:00: a quarter of the Friday and a quarter of the Monday.
    expect(between(day('2024-03-08') + 0.75, day('2024-03-11') + 0.25)).toBe(0.5);
    // Within a Saturday.
    expect(between(day('2024-03-09') + 0.1, day('2024-03-09') + 0.9)).toBe(0);
  });

  it('takes a day that is listed as both for worked', () => {
    const monday = day('2024-03-04');
    expect(between(monday, monday + 1, [monday], [monday])).toBe(1);
  });

  it('is as quick over ten thousand years as over a week', () => {
    // 400 years have 146,097 days, which are 20,871 weeks.
    expect(between(0, 25 * 146_097)).toBe(25 * 20_871 * 5);
  });

  it('counts what a walk from day to day counts', () => {
    const anyDay = fc.integer({ min: -800, max: 20_800 });
    const listed = fc.array(fc.integer({ min: -50, max: 250 }), { maxLength: 30 });
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 300 }), listed, listed, (from, length, off, added) => {
        const holidays = off.map((each) => from + each);
        const workdays = added.map((each) => from + each);
        let walked = 0;
        for (let each = from; each < from + length; each++) {
          const isWorked =
            weekdayOf(each) <= 5 ? !holidays.includes(each) || workdays.includes(each) : workdays.includes(each);
          if (isWorked) walked += 1;
        }
        expect(between(from, from + length, holidays, workdays)).toBe(walked);
      }),
    );
  });
});
