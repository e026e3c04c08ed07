import { say } from '../i18n/text.ts';
import type { Translator } from '../i18n/translator.ts';
import type { Draft, RequiredDraft } from './draft.ts';
import { flowList, flowMap, scalar } from './yaml-text.ts';

/** Rules of the packs whose title names a stage, which need not be the one here. */
const RETITLED = ['deal/amount-missing'];
const OWN_EXCEPT = 2;

function titleOf({ id, field, from }: RequiredDraft, { labels, packRules }: Draft): string | null {
  if (packRules.includes(id) && from === null && !RETITLED.includes(id)) return null;
  const label = labels.fields.find((definition) => definition.id === field)?.label ?? { en: field, zh: field };
  const stage = labels.stages.find((definition) => definition.id === from)?.label;
  if (stage === undefined) return flowMap({ en: scalar(`${label.en} is filled`), zh: scalar(`${label.zh}已填写`) });
  return flowMap({
    en: scalar(`${label.en} is filled from ${stage.en} on`),
    zh: scalar(`从${stage.zh}起填写${label.zh}`),
  });
}

function ruleLines(rule: RequiredDraft, draft: Draft, translator: Translator): string[] {
  const { id, field, kind, from, missing, of, warn, fail } = rule;
  const title = titleOf(rule, draft);
  const observed = translator.text(
    missing === 0
      ? say('observed: filled in all {of} on the day this was drafted', '起草当天：{of} 条全部已填')
      : say(
          'observed {missing} of {of} missing ({share}) on the day this was drafted; warn above that',
          '起草当天缺 {missing}/{of}（{share}），超过即警告',
        ),
    { missing, of, share: translator.percent(missing / of) },
  );
  return [
    `  ${id}: # ${observed}`,
    ...(title === null ? [] : [`    title: ${title}`]),
    ...(kind === null ? [] : [`    where: stage.kind = ${kind}`]),
    `    required: ${flowMap({ fields: flowList([field]), from: from === null ? null : scalar(from) })}`,
    '    severity: error',
    `    warn: "${warn}"`,
    `    fail: "${fail}"`,
  ];
}

function exceptLines({ required }: Draft, translator: Translator): string[] {
  const { except } = required;
  if (except.length <= OWN_EXCEPT) return [];
  const why = translator.text(
    say('these have rules of their own, or are counted in completeness alone', '这些字段另有规则，或只计入完整度'),
  );
  return [`  field/required-missing: # ${why}`, `    required: ${flowMap({ by: 'stages', except: flowList(except) })}`];
}

function amountLines({ required: { amountFilled } }: Draft, translator: Translator): string[] {
  if (amountFilled === null) return [];
  const { filled, of } = amountFilled;
  const why = translator.text(
    say(
      'the amount is filled in {share}; say from which stage on it must be',
      '金额已填 {share}；请写明从哪个阶段起必填',
    ),
    { share: translator.share(filled, of) },
  );
  return [`  deal/amount-missing: off # ${why}`];
}

/** The `rules:` section: what is filled today must not get worse. */
export function rulesSection(draft: Draft, translator: Translator): string[] {
  const rules = draft.required.rules.flatMap((rule) => ruleLines(rule, draft, translator));
  const lines = [...rules, ...exceptLines(draft, translator), ...amountLines(draft, translator)];
  const hasLimits = draft.stages.facts.some(({ p90Days }) => p90Days !== null);
  const why = translator.text(say('to hear of open deals beyond max_dwell', '提示停留超过 max_dwell 的在途商机'));
  if (lines.length === 0) return hasLimits ? ['', `# rules: {dwell/over-days: on} # ${why}`] : [];
  const title = translator.text(
    say(
      'on top of those of the packs, which `funnelint rules` lists',
      '在规则包的规则之上；`funnelint rules` 可列出全部',
    ),
  );
  return ['', `rules: # ${title}`, ...lines, ...(hasLimits ? [`  # dwell/over-days: on # ${why}`] : [])];
}
