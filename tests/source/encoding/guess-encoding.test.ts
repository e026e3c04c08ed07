import { describe, expect, it } from 'vitest';
import { guessEncodings } from '../../../src/source/encoding/guess-encoding.ts';
import { encodeText } from './encode-text.ts';
import { type Mix, PIPELINE_LANGUAGES, type PipelineLanguage, pipelineText, randomNumbers } from './pipeline-texts.ts';

const MIXES: readonly Mix[] = ['all', 'values', 'people', 'headers'];
const SAMPLE_BYTES = 256 * 1024;

const CASES = PIPELINE_LANGUAGES.flatMap((language) =>
  language.labels.map((label): [string, string, PipelineLanguage] => [language.name, label, language]),
);

function best(bytes: Buffer): string | undefined {
  return guessEncodings(bytes)[0]?.label;
}

/** Without the quotes and dashes that the encoding may lack. */
function encoded(text: string, label: string): Buffer {
  const bytes = encodeText(text, label) ?? encodeText(text.replace(/[^\p{L}\0-\x7f]/gu, '-'), label);
  if (bytes === null) throw new Error(`${label} lacks a letter of ${text}`);
  return bytes;
}

function distinctCharacters(text: string): number {
  return new Set(text.match(/[^\0-\x7f]/g)).size;
}

describe('the encoding of a pipeline', () => {
  it.each(CASES)('in %s as %s is found', (_, label, language) => {
    const random = randomNumbers(7);
    const wrong: string[] = [];
    let tried = 0;
    // German and French have hardly more letters beyond ASCII than those.
    const enough = label === 'windows-1252' ? 4 : 10;
    for (const mix of MIXES) {
      for (const rows of [3, 3, 3, 10, 10, 50, 200]) {
        const text = pipelineText(language, rows, mix, random);
        if (distinctCharacters(text) < enough) continue;
        const found = best(encoded(text, label).subarray(0, SAMPLE_BYTES));
        tried++;
        if (found !== label) wrong.push(`${rows} rows with ${mix}: ${found}`);
      }
    }
    expect(tried).toBeGreaterThan(3);
    expect(wrong.length, wrong.join('; ')).toBeLessThanOrEqual(tried * 0.04);
  });

  it.each([
    ['gb18030', 'ID,Stage\n1,赢单\n'],
    ['gb18030', '编号,阶段\n1,谈判\n'],
    ['big5', 'ID,Stage\n1,贏單\n2,負責業務\n'],
    ['big5', 'ID,Account\n1,許功蓋工程行\n'],
    ['shift_jis', 'ID,Stage\n1,受注\n2,ヒアリング\n'],
    ['shift_jis', 'ID,Name\n1,ｶﾌﾞｼｷｶﾞｲｼｬ ﾐﾄﾞﾘ\n2,ﾔﾏｼﾀｾｲﾐﾂ\n'],
    ['euc-jp', 'ID,Stage\n1,さくら\n2,ヒアリング\n'],
    ['euc-kr', 'ID,Stage\n1,수주\n2,제안\n'],
    ['windows-1251', 'ID,Stage\n1,Выиграна\n2,СРОЧНО\n'],
    ['koi8-r', 'ID,Stage\n1,Выиграна\n2,СРОЧНО\n'],
    ['windows-1250', 'ID,Owner\n1,Łukasz Wójcik\n2,Paweł Dąbrowski\n'],
    ['windows-1252', 'ID,Owner\n1,Jürgen Weiß\n'],
    ['windows-1252', 'ID,Étape\n1,Société préparée à la clôture\n'],
    ['windows-1252', 'ID,Stage\n1,café\n'],
    ['windows-1252', 'ID,Owner\n1,Première année\n'],
    ['windows-1252', 'ID,Owner\n1,Señor Muñoz\n2,João Conceição\n'],
    ['windows-1252', 'ID,Amount\n1,€ 5\n2,£ 7\n3,it’s “due” – soon\n'],
    ['windows-1254', 'ID,Owner\n1,Özgür Yıldız\n2,Şule Dağ\n3,İbrahim Işık\n'],
    ['windows-1253', 'ID,Stage\n1,Κλειστή επιτυχία\n2,Διαπραγμάτευση\n'],
  ])('%s of %j is found from a few characters', (label, text) => {
    expect(best(encoded(text, label))).toBe(label);
  });

  it('is not changed by a character that the end of the sample cuts', () => {
    for (const [, label, language] of CASES) {
      const bytes = encoded(pipelineText(language, 40, 'all', randomNumbers(3)), label);
      for (let cut = 1; cut <= 4; cut++) expect(best(bytes.subarray(0, -40 - cut)), label).toBe(label);
    }
  });
});

describe('guessEncodings', () => {
  it('names only encodings in which all of the sample is text, and windows-1252 always', () => {
    const random = randomNumbers(11);
    for (let run = 0; run < 100; run++) {
      const bytes = Buffer.from(Array.from({ length: 1 + (run % 40) }, () => Math.floor(random() * 256)));
      const guesses = guessEncodings(bytes);
      expect(guesses.map(({ label }) => label)).toContain('windows-1252');
      for (const { label, score } of guesses) {
        expect(() => new TextDecoder(label, { fatal: true }).decode(bytes, { stream: true })).not.toThrow();
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
      }
    }
  });

  it('has a high score for text and a low one for noise', () => {
    for (const [, label, language] of CASES) {
      const bytes = encoded(pipelineText(language, 100, 'all', randomNumbers(5)), label);
      expect(guessEncodings(bytes)[0]?.score, label).toBeGreaterThan(0.5);
    }
    const random = randomNumbers(13);
    const noise = Buffer.from(Array.from({ length: 2000 }, () => Math.floor(random() * 256)));
    expect(guessEncodings(noise)[0]?.score).toBeLessThan(0.2);
  });

  it('judges a sample of 256 KiB in milliseconds, however its bytes lie', () => {
    const [, label, language] = CASES[0] as [string, string, PipelineLanguage];
    const pipeline = encoded(pipelineText(language, 3000, 'all', randomNumbers(1)), label);
    const samples = [pipeline, Buffer.alloc(SAMPLE_BYTES, 0xe9), Buffer.alloc(SAMPLE_BYTES, 'é,\n', 'latin1')];
    for (const sample of samples) {
      guessEncodings(sample.subarray(0, SAMPLE_BYTES));
      guessEncodings(sample.subarray(0, SAMPLE_BYTES));
    }
  });
});
