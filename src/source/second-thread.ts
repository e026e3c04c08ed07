import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

type Task = (request: never) => Promise<unknown>;

/** Does what it is asked for, one thing after another, while this thread does something else. */
export interface SecondThread<Tasks extends Record<keyof Tasks, Task>> {
  /** The answer; null where there is none, for whatever reason: then this thread can find it itself. */
  ask<Name extends keyof Tasks>(
    task: Name,
    request: Parameters<Tasks[Name]>[0],
  ): Promise<Awaited<ReturnType<Tasks[Name]>> | null>;
  /** To be called in any case: the process goes on for as long as the thread does. */
  end(): void;
}

/**
 * Starts a thread by the name of its program; null where there is no core for it. Without its program, as in sources,
 * there is never an answer.
 */
export function startSecondThread<Tasks extends Record<keyof Tasks, Task>>(
  name: string,
  folder = new URL('../worker/', import.meta.url),
): SecondThread<Tasks> | null {
  if (availableParallelism() < 2) return null;
  try {
    const worker = new Worker(new URL(`${name}.cjs`, folder), { execArgv: [] });
    /** Whoever waits for an answer, in the order of requests. */
    const waiting: ((result: never) => void)[] = [];
    let hasFailed = false;
    const fail = (): void => {
      hasFailed = true;
      for (const answer of waiting.splice(0)) answer(null as never);
    };
    worker.on('message', (result) => waiting.shift()?.(result as never));
    for (const event of ['messageerror', 'error', 'exit']) worker.on(event, fail);
    return {
      ask: (task, request) =>
        new Promise((resolve) => {
          if (hasFailed) {
            resolve(null);
            return;
          }
          waiting.push(resolve);
          worker.postMessage({ task, request });
        }),
      end: () => void worker.terminate(),
    };
  } catch {
    return null;
  }
}
