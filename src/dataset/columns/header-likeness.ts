import type { FieldDefinition } from '../../ruleset/ruleset.ts';
import { headerWords } from './header-words.ts';

const HAN = /\p{Script=Han}/u;

/** Words for the thing a row is: they stand in the header of any of its columns and tell nothing of this one. */
const OBJECT_WORDS: ReadonlySet<string> = new Set(
  ' deal , opportunity , potential , customer , company , account , 商机 , 机会 , 客户 , 线索 '.split(','),
);

const ANYWHERE =
  ' phone, mobile, tel , telefon, telephone, fax, zip, postcode, postal, post code, plz , address, adress, url , website' +
  ', birth,电话,手机,邮编,邮政,传真,地址,网址,身份证,微信,生日';

/** Beginnings of words (a blank in front) and Chinese words that say a column is not the field. */
const NEVER: Readonly<Record<string, string>> = {
  id:
    ' customer, account, client, contact, product, owner, user, invoice, row , kunde, checksum, serial, sku' +
    ',客户,联系人,产品,合同,发票,订单,序号',
  name:
    ' contact, note, remark, comment, description, mail, e mail, owner, created, reason, grund, grund , notiz, bemerkung' +
    ', beschreibung, kommentar,联系,备注,描述,说明,负责,原因,邮箱,进展',
  stage:
    ' previous, prior, from , old , last, next, former, history, entered, duration, buying, lifecycle, vorherig' +
    ',上一,变更前,之前,原阶段,原状态,历史,采购,生命周期,停留',
  amount:
    ' weighted, gewicht, expected revenue, expected value, prorated, factored, risk, pondere, pondéré, ponderad, budget' +
    ', discount, rabatt, cost, kosten, tax, qty , quantity, count, number of, employee, mitarbeiter, headcount, age ' +
    ', days, score, year, quota, target, paid, annual, margin, marge, profit, commission, rank, previous, prior, old ' +
    ',加权,预测,预算,折扣,成本,税额,数量,人数,天数,评分,年份,年限,目标,回款,毛利,利润,提成,佣金,注册资本,排名',
  owner:
    ' by , von , creat, author, erstell, angelegt, geänder, geander, modified, updated, contact, kontakt, ansprechpartner' +
    ', partner, region, industry, branche, product, produkt, team, department, abteilung, country, land , city, stadt' +
    ', competitor, former, previous, assistant, secondary, source, quelle, type , typ , segment, category, kategorie' +
    ',创建,修改,录入,提交,员工姓名,协作,外部,参与,审批,联系人,渠道,行业,区域,产品,部门,团队,城市,省份,国家,竞争,原负责,助理,来源,类型',
  created:
    ' modif, updat, last, letzt, dernier, ultim, geänder, next, nächst, nachst, due, end , expir, close, contract, stage' +
    ', activity, follow, contact, kontakt, signed, paid, deliver, changed, meeting' +
    ',最后,最近,更新,修改,下次,下一,到期,结束,合同,阶段,跟进,联系,付款,回款,交付,签',
  close:
    ' modif, updat, last, letzt, dernier, ultim, geänder, next, nächst, nachst, creat, erstell, start, begin, activity' +
    ', follow, contact, kontakt, paid, deliver, stage, entered, changed, meeting' +
    ',最后,最近,更新,修改,下次,下一,创建,开始,跟进,联系,付款,回款,交付,阶段',
  probability: ' discount, rabatt, margin, marge, tax, complet, progress, growth, churn,折扣,毛利,税率,完成,进度,增长',
  to_stage: ' previous, prior, from , old , former, vorherig,上一,变更前,之前,原阶段,原状态',
};

const NEVER_ANYWHERE: readonly string[] = ANYWHERE.split(',');
const NEVER_WORDS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(NEVER).map(([field, words]) => [field, words.split(',')]),
);

/** What the words of an unknown header say. */
export interface HeaderLikeness {
  /** Field id → 0–1, the part of the header that is a known header of the field; 1 for all but a unit in brackets. */
  readonly fields: ReadonlyMap<string, number>;
  /** Whether the header says that it is another thing than the field, such as a weighted amount or a creator. */
  readonly denies: (field: string) => boolean;
}

interface Alias {
  readonly field: string;
  readonly words: string;
  readonly han: boolean;
}

function likenessOf({ words, han }: Alias, all: string, bare: string): number {
  if (words === bare || words === all) return 1;
  if (OBJECT_WORDS.has(words)) return 0;
  const needle = han ? words.trim() : words;
  if (needle.trim().length < 2 || !bare.includes(needle)) return 0;
  return words.trim().length / bare.trim().length;
}

/** A judge of headers that no field is known by, against all the headers that the fields are known by. */
export function createLikeness(fields: readonly FieldDefinition[]): (header: string) => HeaderLikeness {
  const aliases = fields.flatMap(({ id, columns }) =>
    [...columns, id].map((column): Alias => {
      const { all } = headerWords(column);
      return { field: id, words: all, han: HAN.test(all) };
    }),
  );
  return (header) => {
    const { all, bare } = headerWords(header);
    const found = new Map<string, number>();
    for (const alias of aliases) {
      const likeness = likenessOf(alias, all, bare);
      if (likeness > (found.get(alias.field) ?? 0)) found.set(alias.field, likeness);
    }
    const says = (word: string): boolean => all.includes(word);
    const denied = NEVER_ANYWHERE.some(says);
    return { fields: found, denies: (field) => denied || (NEVER_WORDS.get(field)?.some(says) ?? false) };
  };
}
