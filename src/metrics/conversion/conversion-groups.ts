import type { StageCohort } from './conversion-cohorts.ts';

/**
 * The cohorts of several groups, made in one pass over the members.
 * @param groupOfMember one a member: number of its group below `groupCount`, -1 for members that are in none
 */
export function splitCohort(cohort: StageCohort, groupOfMember: Int32Array, groupCount: number): StageCohort[] {
  const offsets = groupOffsets(groupOfMember, groupCount);
  const size = offsets[groupCount]!;
  const deal = new Int32Array(size);
  const eventDays = new Float64Array(size);
  const cause = new Uint8Array(size);
  const followUpDays = new Float64Array(size);
  const next = offsets.slice();
  for (let member = 0; member < groupOfMember.length; member += 1) {
    const group = groupOfMember[member]!;
    if (group < 0) continue;
    const at = next[group]!;
    next[group] = at + 1;
    deal[at] = cohort.deal[member]!;
    eventDays[at] = cohort.eventDays[member]!;
    cause[at] = cohort.cause[member]!;
    followUpDays[at] = cohort.followUpDays[member]!;
  }
  return Array.from({ length: groupCount }, (_, group) => {
    const from = offsets[group]!;
    const to = offsets[group + 1]!;
    return {
      deal: deal.subarray(from, to),
      eventDays: eventDays.subarray(from, to),
      cause: cause.subarray(from, to),
      followUpDays: followUpDays.subarray(from, to),
    };
  });
}

function groupOffsets(groupOfMember: Int32Array, groupCount: number): Int32Array {
  const offsets = new Int32Array(groupCount + 1);
  for (let member = 0; member < groupOfMember.length; member += 1) {
    if (groupOfMember[member]! >= 0) offsets[groupOfMember[member]! + 1]! += 1;
  }
  for (let group = 0; group < groupCount; group += 1) offsets[group + 1]! += offsets[group]!;
  return offsets;
}
