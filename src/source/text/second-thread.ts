import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { PartRequest, PartResult } from './scan-part.ts';

/** Scans a part of a file while this thread does something else. */
export interface SecondThread {
  /** What was scanned; null where that failed, for whatever reason: then this thread can read the part itself. */
  scan(request: PartRequest): Promise<PartResult | null>;
  end(): void;
}

const PROGRAM = new URL('../worker/scan-part.js', import.meta.url);

/** Starts a thread that scans; null where there is no core for it. Without its program, as in sources, every scan fails. */
export function startSecondThread(program = PROGRAM): SecondThread | null {
  if (availableParallelism() < 2) return null;
  try {
    const worker = new Worker(program, { execArgv: [] });
    worker.unref();
    let answer: (result: PartResult | null) => void = () => {};
    let hasFailed = false;
    const fail = (): void => {
      hasFailed = true;
      answer(null);
    };
    worker.on('message', (result: PartResult) => answer(result));
    worker.on('messageerror', fail);
    worker.on('error', fail);
    worker.on('exit', fail);
    return {
      scan: (request) =>
        new Promise((resolve) => {
          answer = resolve;
          if (hasFailed) resolve(null);
          else worker.postMessage(request);
        }),
      end: () => void worker.terminate(),
    };
  } catch {
    return null;
  }
}
