import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { companyName } from '../../src/i18n/company-name.ts';

describe('companyName', () => {
  it.each([
    // Checked against an independent implementation.
    ['北京星河科技有限公司', '北京星河科技'],
    ['北京星河科技股份有限公司', '北京星河科技'],
    ['东方明珠(集团)', '东方明珠'],
    ['東方明珠（集團）', '东方明珠'],
    ['Ａｃｍｅ Corp.', 'acme'],
    ['ACME Corporation', 'acme'],
    ['Blue Sky Labs, Inc.', 'blue sky labs'],
    ['Blue Sky Labs LLC', 'blue sky labs'],
    ['华为云计算技术有限公司', '华为云计算技术'],
    ['Acme Renewal 2023', 'acme renewal 2023'],
    // Further forms.
    ['华晨（中国）有限责任公司', '华晨'],
    ['星河集团有限公司', '星河'],
    ['星 河 · 科技', '星河科技'],
    ['中国银行上海分公司', '中国银行上海分公司'],
    ['株式会社ソニー', 'ソニー'],
    ['Müller GmbH & Co. KG', 'müller'],
    ['Toyota K.K.', 'toyota'],
    ['Banco S.A.', 'banco'],
    ["Levi's Co.,Ltd", 'levis'],
    ['AT&T Inc', 'at and t'],
    ['Foo (Shanghai) Co., Ltd.', 'foo shanghai'],
  ])('%s → %s', (text, name) => {
    expect(companyName(text)).toBe(name);
  });

  it('leaves a name that is nothing but a legal form', () => {
    expect(companyName('有限公司')).toBe('有限公司');
    expect(companyName('Co. Ltd')).toBe('co');
    expect(companyName('公司')).not.toBe('');
    expect(companyName('***')).toBe('***');
  });

  it('takes time in proportion to the text', () => {
    for (const part of ['有限公司', '集团', '(中国)', 'a.', 'co ', ' and ', "'"]) {
      companyName(part.repeat(20_000));
    }
  });

  it('changes nothing that it has written', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('星河', '科技', '有限公司', 'Acme', ' ', 'Inc.', '(中国)', '2')),
        (parts) => {
          const once = companyName(parts.join(''));
          expect(companyName(once)).toBe(once);
        },
      ),
    );
  });

  it('takes a name of letters, digits and spaces as it takes any other', () => {
    const word = fc.oneof(
      fc.constantFrom('Inc', 'CO', 'and', 'KG', 'ltd', '  '),
      fc.stringMatching(/^[A-Za-z0-9 ]{0,6}$/),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (words) => {
        const text = words.join(' ');
        // A character without width makes no difference to the name.
        expect(companyName(text)).toBe(companyName(`\u200b${text}`));
      }),
    );
  });
});
