export { z } from 'zod';
export type * from './library.ts';
// By name, as all that a CommonJS module exports is more than its names in newer Node.
export {
  audit,
  defineKind,
  FunnelintError,
  HOLDS,
  isPresent,
  NOT_CHECKED,
  numberAt,
  RulesetError,
  render,
  textAt,
  UNKNOWN,
  VIOLATES,
} from './library.ts';
