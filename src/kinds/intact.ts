import { PRESENT } from '../dataset/dataset.ts';
import { defineKind, HOLDS, type Reference, UNKNOWN, VIOLATES, type Violation } from './define.ts';
import { type Damage, idDamages } from './id-damage.ts';
import { fieldList, type Zod } from './option-types.ts';
import { blankOutcome, judgeColumn } from './outcome.ts';

const FIELDS = 'Fields that hold ids, one id or a list / 存放编号的字段，一个 id 或列表';

const options = (z: Zod) =>
  z.union([
    fieldList(z)
      .transform((fields) => ({ fields }))
      .meta({ description: FIELDS }),
    z.strictObject({ fields: fieldList(z).meta({ description: FIELDS }) }),
  ]);

export default defineKind({
  kind: 'intact',
  title: { en: 'Ids are as the CRM gave them', zh: '编号保持 CRM 中的原样' },
  why: {
    en: 'A spreadsheet that took ids for numbers has made them unfit to join files, find duplicates or look up the deal.',
    zh: '被表格软件当作数字处理过的编号，无法用来合并文件、查重或在 CRM 中查找商机。',
  },
  fix: {
    en: 'Export again and do not save the file in a spreadsheet, or format the id column as text before opening it.',
    zh: '重新导出，不要用表格软件另存；或在打开前把编号列设为文本格式。',
  },
  options,
  messages: {
    rounded: {
      en: '{field} {value} was rounded by a spreadsheet',
      zh: '「{field}」{value} 已被表格软件取整',
    },
    zerosLost: {
      en: '{field} {value} has lost the zeros in front: others have {digits} digits',
      zh: '「{field}」{value} 丢失了前导零：其他编号有 {digits} 位',
    },
    otherCase: {
      en: '{field} {value} differs from {other} in case only',
      zh: '「{field}」{value} 与 {other} 只有大小写不同',
    },
  },
  example: {
    rule: 'intact: id',
    bad: 'id,stage\n1.2E+17,Lead\n3.45E+17,Won\n',
    good: 'id,stage\n120000000000000001,Lead\n345000000000000000,Won\n',
  },
  references: ({ fields }): Reference[] => fields.map((name, index) => ({ type: 'field', name, path: [index] })),
  check({ options: { fields }, dataset, selected, violation }) {
    const outcome = blankOutcome(dataset);
    const columns = fields.flatMap((field) => dataset.columns.get(field) ?? []);
    const judged = columns.map((column) => ({ column, damageOf: idDamages(column) }));
    for (const { column, damageOf } of judged) {
      judgeColumn(column, selected, outcome, (code) => {
        if (column.state[code] !== PRESENT) return UNKNOWN;
        return damageOf(code) === null ? HOLDS : VIOLATES;
      });
    }
    const violationOf = (field: string, value: string, damage: Damage): Violation => {
      const named = { field: { field }, value };
      if (damage.by === 'rounding') return violation('rounded', named, field);
      if (damage.by === 'zeros') return violation('zerosLost', { ...named, digits: damage.digits }, field);
      return violation('otherCase', { ...named, other: damage.other }, field);
    };
    return {
      type: 'rows',
      outcome,
      describe: (row) =>
        judged.flatMap(({ column: { field, codes, texts }, damageOf }) => {
          const code = codes[row] as number;
          const damage = damageOf(code);
          return damage === null ? [] : [violationOf(field, texts.at(code) ?? '', damage)];
        }),
    };
  },
});
