import type { z } from 'zod';
import type { Args } from '../i18n/text.ts';
import type { reportSchema } from './schema.ts';

type Parsed = z.infer<typeof reportSchema>;
type ParsedFinding = Parsed['findings'][number];
type ParsedInput = Parsed['inputs'][number];
type ParsedNotice = ParsedInput['notices'][number];

export type ReportFinding = Omit<ParsedFinding, 'args'> & { args: Args };
export type ReportNotice = Omit<ParsedNotice, 'args'> & { args: Args };
export type ReportInput = Omit<ParsedInput, 'notices'> & { notices: ReportNotice[] };
export type ReportRule = Parsed['rules'][number];
export type ReportSegment = ReportRule['segments'][number];
export type Verdict = ReportRule['verdict'];

/** The whole result as plain JSON; everything people see is rendered from it. */
export type AuditReport = Omit<Parsed, 'findings' | 'inputs'> & { findings: ReportFinding[]; inputs: ReportInput[] };
