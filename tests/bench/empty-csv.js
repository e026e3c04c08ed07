// csv-parse alone, emptying a file: what every time of the benchmark is a ratio of.
import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';

let rows = 0;
const parser = createReadStream(process.argv[2]).pipe(parse());
for await (const _record of parser) rows++;
process.stdout.write(`${rows} records\n`);
