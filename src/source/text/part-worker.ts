import { parentPort, type Transferable } from 'node:worker_threads';
import { type PartRequest, type PartResult, scanPart } from './scan-part.ts';

/** The memory of a result, which changes hands without a copy. */
function memoryOf({ run }: PartResult): Transferable[] {
  const arrays = run.columns.flatMap(({ codes, texts }) => [codes, texts.bytes, texts.starts, texts.hashes]);
  return [...(run.lines === null ? [] : [run.lines]), ...arrays].map(({ buffer }) => buffer as ArrayBuffer);
}

parentPort?.on('message', async (request: PartRequest) => {
  const result = await scanPart(request);
  parentPort?.postMessage(result, memoryOf(result));
});
