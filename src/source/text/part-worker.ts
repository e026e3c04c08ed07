import { parentPort, type Transferable } from 'node:worker_threads';
import { type PartRequest, type PartResult, scanPart, type WholeRequest, wholeFacts } from './scan-part.ts';

type Message =
  | { readonly task: 'scan'; readonly request: PartRequest }
  | { readonly task: 'facts'; readonly request: WholeRequest };

/** The memory of a result, which changes hands without a copy. */
function memoryOf({ run }: PartResult): Transferable[] {
  const arrays = run.columns.flatMap(({ codes, texts }) => [codes, texts.bytes, texts.starts, texts.hashes]);
  return [...(run.lines === null ? [] : [run.lines]), ...arrays].map(({ buffer }) => buffer as ArrayBuffer);
}

async function answer({ task, request }: Message): Promise<void> {
  if (task === 'facts') {
    parentPort?.postMessage(await wholeFacts(request));
    return;
  }
  const result = await scanPart(request);
  parentPort?.postMessage(result, memoryOf(result));
}

let last = Promise.resolve();
parentPort?.on('message', (message: Message) => {
  // Answers come in the order of requests; what failed here is found again by who asked, who tells of it.
  last = last.then(() => answer(message)).catch(() => parentPort?.postMessage(null));
});
