import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FunnelintError } from '../../../src/errors.ts';
import type { Fail } from '../../../src/source/workbook/archive.ts';
import { utf8Chunks } from '../../../src/source/workbook/utf8-chunks.ts';
import { startXml } from '../../../src/source/workbook/xml-reader.ts';
import { attributeOf, textOf, type XmlToken } from '../../../src/source/workbook/xml-token.ts';

const fail: Fail = (reason) => new FunnelintError('file/damaged', { file: 'a.xlsx', reason: { text: reason } });

/** Cuts bytes into chunks of these lengths, over and over. */
async function* cut(bytes: Buffer, lengths: readonly number[]): AsyncGenerator<Buffer> {
  for (let at = 0, index = 0; at < bytes.length; index++) {
    const length = lengths[index % lengths.length] ?? 1;
    yield bytes.subarray(at, at + length);
    at += length;
  }
}

/** What a handler is told, adjoining pieces of text put together. */
async function told(xml: string | Buffer, lengths: readonly number[] = [1 << 20]): Promise<string[]> {
  const events: string[] = [];
  let inText = false;
  const tell = (event: string, text: boolean): void => {
    if (text && inText) events.push((events.pop() ?? '') + event);
    else events.push(event);
    inText = text;
  };
  const attributes = (token: XmlToken): string =>
    ['a', 'b', 'id']
      .flatMap((name) => (attributeOf(token, name) === null ? [] : [`${name}=${attributeOf(token, name)}`]))
      .join();
  const reader = startXml(
    {
      open: (token) => tell(`<${token.name} ${attributes(token)}`.trim(), false),
      text: (token) => tell(textOf(token), true),
      close: (token) => tell(`</${token.name}`, false),
    },
    fail,
  );
  for await (const chunk of utf8Chunks(cut(Buffer.from(xml), lengths), fail)) reader.push(chunk);
  reader.end();
  return events;
}

describe('a document is told as it stands', () => {
  it.each<[string, string, string[]]>([
    ['elements and text', '<a>x<b/>y</a>', ['<a', 'x', '<b', '</b', 'y', '</a']],
    ['prefixes left out', '<x:a xmlns:x="u"><x:b/></x:a>', ['<a', '<b', '</b', '</a']],
    ['attributes in both quotes', `<e a="1'" b='2"'/>`, [`<e a=1',b=2"`, '</e']],
    ['attributes with blanks around', '<e\n a = "1"\tb\r\n="2" />', ['<e a=1,b=2', '</e']],
    ['a name that ends like another', '<e aa="1" xa="2"/>', ['<e', '</e']],
    ['an attribute with a prefix', '<e r:id="r1" xid="2"/>', ['<e id=r1', '</e']],
    ['the one without a prefix first', '<e r:id="r1" id="2"/>', ['<e id=2', '</e']],
    [
      'references',
      '<a a="&lt;&#10;&#x4e2d;">&amp;&apos;&quot;&gt;&#65;&#x1F600;</a>',
      ['<a a=<\n中', `&'">A😀`, '</a'],
    ],
    ['an angle bracket in an attribute', '<a a=">"/>', ['<a a=>', '</a']],
    ['CDATA', '<a>x<![CDATA[<b>&amp;]] >]]>y</a>', ['<a', 'x<b>&amp;]] >y', '</a']],
    [
      'nothing of comments and instructions',
      '<?xml version="1.0"?><!-- <b> --><a>x<?p <c> ?>y<!----></a><!--x-->',
      ['<a', 'xy', '</a'],
    ],
    ['line ends as one', '<a>1\r\n2\r3\n<![CDATA[4\r\n5]]></a>', ['<a', '1\n2\n3\n4\n5', '</a']],
    ['line ends of attributes as blanks', '<a a="1\r\n2\t3"/>', ['<a a=1 2 3', '</a']],
    ['text in other scripts', '<数>客户😀é</数>', ['<数', '客户😀é', '</数']],
    ['a byte order mark not at all', '\ufeff<a/>', ['<a', '</a']],
  ])('%s', async (_name, xml, events) => {
    expect(await told(xml)).toEqual(events);
    for (const lengths of [[1], [2], [3, 1], [7]]) expect(await told(xml, lengths)).toEqual(events);
  });

  it('keeps elements apart whose names have the same hash', async () => {
    const names = Array.from({ length: 2000 }, (_, index) => `n${index.toString(36)}`);
    const xml = `<a>${names.map((name) => `<${name}/>`).join('')}</a>`;
    expect(await told(xml)).toEqual(['<a', ...names.flatMap((name) => [`<${name}`, `</${name}`]), '</a']);
  });
});

describe('other encodings', () => {
  const xml = '<a a="é">客户😀</a>';
  it.each<[string, Buffer]>([
    ['UTF-16LE with a mark', Buffer.from(`\ufeff${xml}`, 'utf16le')],
    ['UTF-16BE with a mark', Buffer.from(`\ufeff${xml}`, 'utf16le').swap16()],
    ['UTF-16LE without', Buffer.from(xml, 'utf16le')],
    ['UTF-16BE without', Buffer.from(xml, 'utf16le').swap16()],
    ['UTF-8 that says it is UTF-16', Buffer.from(`<?xml version="1.0" encoding="utf-16"?>${xml}`)],
  ])('%s', async (_name, bytes) => {
    for (const lengths of [[1000], [1], [3]]) expect(await told(bytes, lengths)).toEqual(['<a a=é', '客户😀', '</a']);
  });

  it('are taken from the declaration', async () => {
    const gbk = Buffer.concat([
      Buffer.from(`<?xml version='1.0' encoding='GBK'?><a>`),
      Buffer.from([0xbf, 0xcd]),
      Buffer.from('</a>'),
    ]);
    expect(await told(gbk)).toEqual(['<a', '客', '</a']);
  });

  it.each<[string, Buffer, string]>([
    [
      'bytes that are not UTF-8',
      Buffer.concat([Buffer.from('<a>Chlo'), Buffer.from([0xe9]), Buffer.from('</a>')]),
      'byte 7 is not UTF-8',
    ],
    ['a character cut off at the end', Buffer.from([0x3c, 0x61, 0x2f, 0x3e, 0xe5, 0xae]), 'byte 4 is not UTF-8'],
    ['half a surrogate', Buffer.from('<a>\ud83d</a>', 'utf16le'), 'some are not utf-16le'],
    [
      'an encoding nobody knows',
      Buffer.from('<?xml version="1.0" encoding="klingon"?><a/>'),
      'encoding klingon is not known',
    ],
  ])('refuses %s', async (_name, bytes, reason) => {
    for (const lengths of [[1000], [1]]) await expect(told(bytes, lengths)).rejects.toThrow(reason);
  });

  it('points at the byte in a long part', async () => {
    const bytes = Buffer.concat([Buffer.from(`<a>${'客'.repeat(1000)}`), Buffer.from([0xff]), Buffer.from('</a>')]);
    for (const lengths of [[100_000], [64], [700]]) await expect(told(bytes, lengths)).rejects.toThrow('byte 3003 is');
  });
});

describe('a document is refused', () => {
  it.each<[string, string, string]>([
    ['with a DOCTYPE', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 'DOCTYPE'],
    ['with an entity of its own', '<a>&lol;</a>', '“&lol;” is no character reference'],
    ['with an entity in an attribute', '<a a="&x;"/>', '“&x;” is no character reference'],
    ['with a bare ampersand', '<a>R&D</a>', 'no character reference'],
    ['with the number of a forbidden character', '<a>&#x1B;</a>', 'no character reference'],
    ['with half a surrogate', '<a>&#xD800;</a>', 'no character reference'],
    ['with a number beyond all characters', '<a>&#x110000;</a>', 'no character reference'],
    ['with a forbidden character', '<a>\x01</a>', 'U+0001'],
    ['whose tags do not match', '<a><b></a></b>', '</a> closes no open element'],
    ['whose tags differ by prefix', '<x:a></y:a>', '</y:a> closes no open element'],
    ['with a tag closed twice', '<a></a></a>', '</a> closes no open element'],
    ['that is cut within an element', '<a><b/>', 'ends too early'],
    ['that is cut within a tag', '<a><b', 'ends too early'],
    ['that is cut within a comment', '<a/><!-- x', 'ends too early'],
    ['that is cut within CDATA', '<a><![CDATA[x', 'ends too early'],
    ['without an element', ' <!-- x --> ', 'ends too early'],
    ['that is empty', '', 'ends too early'],
    ['with text before it', 'foo<a/>', 'outside its root'],
    ['with text behind it', '<a/>foo', 'outside its root'],
    ['with CDATA before it', '<![CDATA[x]]><a/>', 'outside its root'],
    ['with two roots', '<a/><b/>', 'two root elements'],
    ['with an attribute without quotes', '<a a=1/>', 'no well-formed XML'],
    ['with an attribute without value', '<a a/>', 'no well-formed XML'],
    ['with attributes run together', '<a a="1"b="2"/>', 'no well-formed XML'],
    ['with a tag in an attribute', '<a a="<b/>"/>', 'no well-formed XML'],
    ['with a name that is none', '<a><1/></a>', 'no well-formed XML'],
    ['with a lone slash', '<a / b="1"/>', 'no well-formed XML'],
    ['with attributes of a close tag', '<a></a b="1">', 'no well-formed XML'],
    ['that is too deep', `${'<a>'.repeat(300)}${'</a>'.repeat(300)}`, 'nested too deeply'],
  ])('%s', async (_name, xml, reason) => {
    for (const lengths of [[1 << 20], [1], [5]]) await expect(told(xml, lengths)).rejects.toThrow(reason);
  });

  it('with a tag that does not end', async () => {
    await expect(told(`<a>${'<b c="'.padEnd(5 << 20, 'x')}`, [1 << 18])).rejects.toThrow('too long');
  });
});

describe('whatever the bytes', () => {
  const piece = fc.constantFrom(
    '<a>',
    '</a>',
    '<b c="1">',
    '</b>',
    '<d/>',
    '&amp;',
    '&#65;',
    '&x;',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?p',
    '?>',
    ' ',
    '\r',
    '\n',
    ']',
    '-',
    '<',
    '>',
    '"',
    '客',
    '😀',
    'x',
    '<!DOCTYPE',
  );
  const outcome = (xml: string, lengths: readonly number[]): Promise<string[]> =>
    told(xml, lengths).catch((error: unknown) => {
      if (error instanceof FunnelintError) return [error.message];
      throw error;
    });

  it('chunks change nothing, and failures are ours', async () => {
    const document = fc.array(piece, { maxLength: 30 }).map((pieces) => `<a>${pieces.join('')}</a>`);
    const lengths = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(document, lengths, async (xml, chunks) => {
        const whole = await outcome(xml, [1 << 20]);
        const cutUp = await outcome(xml, chunks);
        // A failure may be met with another excerpt, but never be passed over.
        if (whole.length === 1 && cutUp.length === 1) return;
        expect(cutUp).toEqual(whole);
      }),
      { numRuns: 500 },
    );
  });

  it('bytes of any kind are read or refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        await outcome(Buffer.from(bytes).toString('latin1'), [3]);
        await told(Buffer.from(bytes), [5]).catch((error: unknown) => expect(error).toBeInstanceOf(FunnelintError));
      }),
      { numRuns: 300 },
    );
  });
});
