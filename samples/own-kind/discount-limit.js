// A kind of one's own: the discount that may be given without an approval depends on the tier of the customer.
//   funnelint audit samples/own-kind/deals.csv -c samples/own-kind/funnelint.yaml --kinds samples/own-kind/discount-limit.js
import { defineKind, HOLDS, numberAt, textAt, UNKNOWN, VIOLATES, z } from 'funnelint';

const percent = z
  .string()
  .regex(/^\d+(?:\.\d+)?%$/, 'expected 20% / 应为 20% 的形式')
  .transform((text) => Number(text.slice(0, -1)) / 100);
const words = z.array(z.string().min(1)).min(1);

export default defineKind({
  kind: 'discount_limit',
  title: { en: 'Discounts within the limit of the tier', zh: '折扣不超过客户等级的上限' },
  why: {
    en: 'A discount over the limit that nobody approved is margin given away, and often a deal that is held up at the end.',
    zh: '超出上限又未获批准的折扣会侵蚀毛利，往往还会在签约前被卡住。',
  },
  fix: { en: 'Have the discount approved, or bring it down.', zh: '补办折扣审批，或下调折扣。' },
  options: z.strictObject({
    discount: z.string().meta({ description: 'Field with the discount, a percentage / 折扣字段（百分比）' }),
    tier: z.string().meta({ description: 'Field with the tier of the customer / 客户等级字段' }),
    limits: z.record(z.string(), percent).meta({ description: 'The limit of each tier / 各等级的上限' }),
    otherwise: percent.meta({ description: 'The limit of any other customer / 其他客户的上限' }),
    approval: z.string().meta({ description: 'Field with the approval / 审批字段' }),
    approved: words.meta({ description: 'What it says of an approved discount / 表示已批准的取值' }),
  }),
  messages: {
    unasked: {
      en: '{discount} is over the {limit} for tier {tier}, and no approval was asked for',
      zh: '折扣 {discount} 超过等级“{tier}”的上限 {limit}，且未申请审批',
    },
    refused: {
      en: '{discount} is over the {limit} for tier {tier}, and the approval says “{approval}”',
      zh: '折扣 {discount} 超过等级“{tier}”的上限 {limit}，审批状态为“{approval}”',
    },
  },
  example: {
    rule: 'discount_limit: {discount: discount, tier: tier, limits: {Gold: 30%}, otherwise: 10%, approval: approval, approved: [Approved]}',
    bad: 'id,discount,tier,approval\n1,35%,Gold,\n2,20%,Silver,Pending\n',
    good: 'id,discount,tier,approval\n1,30%,Gold,\n2,20%,Silver,Approved\n',
    rules: {
      bad: 'fields: {discount: {column: [discount], type: percent}, tier: {column: [tier]}, approval: {column: [approval]}}',
      good: 'fields: {discount: {column: [discount], type: percent}, tier: {column: [tier]}, approval: {column: [approval]}}',
    },
  },
  // Named here, a field that is not there is a mistake in the rules file, and a column that is missing keeps the rule from running.
  references: ({ discount, tier, approval }) => [
    { type: 'field', name: discount, path: ['discount'] },
    { type: 'field', name: tier, path: ['tier'] },
    { type: 'field', name: approval, path: ['approval'] },
  ],
  check({ options, dataset, selected, violation }) {
    const discounts = dataset.columns.get(options.discount);
    const tiers = dataset.columns.get(options.tier);
    const approvals = dataset.columns.get(options.approval);
    const limitOf = (tier) => options.limits[tier ?? ''] ?? options.otherwise;

    const outcome = new Uint8Array(dataset.rowCount);
    for (let row = 0; row < dataset.rowCount; row++) {
      if (selected[row] === 0) continue;
      const discount = numberAt(discounts, row);
      if (Number.isNaN(discount)) outcome[row] = UNKNOWN;
      else if (discount <= limitOf(textAt(tiers, row))) outcome[row] = HOLDS;
      else outcome[row] = options.approved.includes(textAt(approvals, row) ?? '') ? HOLDS : VIOLATES;
    }
    return {
      type: 'rows',
      outcome,
      // Asked only for the findings that are shown or written.
      describe(row) {
        const tier = textAt(tiers, row);
        const approval = textAt(approvals, row);
        const args = {
          discount: { rate: numberAt(discounts, row) },
          limit: { rate: limitOf(tier) },
          tier: tier ?? '–',
        };
        if (approval === null) return [violation('unasked', args, options.discount)];
        return [violation('refused', { ...args, approval }, options.discount)];
      },
    };
  },
});
