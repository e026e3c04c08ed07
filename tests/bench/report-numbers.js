// The JSON report of an audit without its findings: of a million deals they alone are more than a string can hold.
import { spawn } from 'node:child_process';

const FROM = '\n  "findings": [';
const UNTIL = '\n  ],';

/** Leaves the list of findings out of a report as its text comes in. */
function createCut() {
  const kept = [];
  let tail = '';
  let state = 'before';
  return {
    add(chunk) {
      let text = tail + chunk;
      tail = '';
      if (state === 'before') {
        const at = text.indexOf(FROM);
        if (at < 0) {
          kept.push(text.slice(0, -FROM.length));
          tail = text.slice(-FROM.length);
          return;
        }
        kept.push(text.slice(0, at + FROM.length));
        text = text.slice(at + FROM.length);
        // An empty list ends on its own line.
        state = text.startsWith(']') ? 'behind' : 'within';
      }
      if (state === 'within') {
        const at = text.indexOf(UNTIL);
        if (at < 0) {
          tail = text.slice(-UNTIL.length);
          return;
        }
        text = text.slice(at);
        state = 'behind';
      }
      kept.push(text);
    },
    text: () => [...kept, tail].join(''),
  };
}

/** Runs an audit as `-f json` and answers with its report, without findings. */
export function reportNumbers(bin, args) {
  return new Promise((resolve, reject) => {
    const audit = spawn(process.execPath, ['--max-old-space-size=12000', bin, 'audit', ...args, '-f', 'json'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const cut = createCut();
    audit.stdout.setEncoding('utf8');
    audit.stdout.on('data', cut.add);
    audit.on('error', reject);
    audit.on('close', (code) => {
      if (code === null || code > 1) reject(new Error(`the audit ended with exit code ${code}`));
      else resolve(JSON.parse(cut.text()));
    });
  });
}
