/** @typedef {import('./journeys.js').FunnelStage} FunnelStage */

/**
 * @param {string} id
 * @param {string} text
 * @param {number} probability 0–1
 * @param {number} medianDays
 * @param {number} advance 0–1
 * @param {readonly string[]} [require]
 * @returns {FunnelStage}
 */
export function openStage(id, text, probability, medianDays, advance, require = []) {
  return { id, text, kind: 'open', probability, require, medianDays, advance };
}

/**
 * @param {string} id
 * @param {string} text
 * @param {'won' | 'lost'} kind
 * @param {readonly string[]} require
 * @returns {FunnelStage}
 */
export function closedStage(id, text, kind, require) {
  return { id, text, kind, probability: kind === 'won' ? 1 : 0, require, medianDays: 0, advance: 0 };
}
