import type { SecondThread } from '../../../src/source/second-thread.ts';
import { type PartRequest, type PartTasks, scanPart, wholeFacts } from '../../../src/source/text/scan-part.ts';

export interface SameThread extends SecondThread<PartTasks> {
  /** What was to be scanned. */
  readonly requests: PartRequest[];
  ended: number;
}

/** A second thread that is none: its tasks, or others, are done in this one. */
export function sameThread(tasks: Partial<PartTasks> = {}): SameThread {
  const requests: PartRequest[] = [];
  const all: PartTasks = { scan: scanPart, facts: wholeFacts, ...tasks };
  const ask = (task: keyof PartTasks, request: never): unknown => {
    if (task === 'scan') requests.push(structuredClone(request));
    return all[task](request);
  };
  return {
    requests,
    ended: 0,
    ask: ask as SameThread['ask'],
    end() {
      this.ended++;
    },
  };
}

/** A second thread that never has an answer. */
export function noAnswers(): SameThread {
  return { ...sameThread(), ask: async () => null };
}
