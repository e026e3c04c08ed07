import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/** Does one thing at a time while this thread does something else. */
export interface SecondThread<Request, Answer> {
  /** The answer; null where there is none, for whatever reason: then this thread can find it itself. */
  ask(request: Request): Promise<Answer | null>;
  /** To be called in any case: the process goes on for as long as the thread does. */
  end(): void;
}

/**
 * Starts a thread by the name of its program; null where there is no core for it. Without its program, as in sources,
 * there is never an answer.
 */
export function startSecondThread<Request, Answer>(
  name: string,
  folder = new URL('../worker/', import.meta.url),
): SecondThread<Request, Answer> | null {
  if (availableParallelism() < 2) return null;
  try {
    const worker = new Worker(new URL(`${name}.js`, folder), { execArgv: [] });
    let answer: (result: Answer | null) => void = () => {};
    let hasFailed = false;
    const fail = (): void => {
      hasFailed = true;
      answer(null);
    };
    worker.on('message', (result: Answer) => answer(result));
    for (const event of ['messageerror', 'error', 'exit']) worker.on(event, fail);
    return {
      ask: (request) =>
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
