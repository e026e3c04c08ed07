const HAN_NAME = /^\p{Script=Han}{2,4}$/u;

/** The commonest Chinese family names; nine people of ten have one of them. */
const FAMILY_NAMES: ReadonlySet<string> = new Set(
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧肖蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴' +
    '贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武莫孔向汤常温康施文牛樊葛邢安齐伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰' +
    '焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧阳司马诸葛上官張劉陳楊黃趙吳孫馬許鄧馮韓蕭葉蔣蘇呂盧鍾譚陸賈鄒龍賀顧錢嚴',
);
const TWO_CHARACTER_FAMILY_NAMES = /^(?:欧阳|司马|诸葛|上官|东方|皇甫|尉迟|公孙|慕容|夏侯|令狐|司徒)/u;

/** Words of places, trades and goods that come in capitalised pairs like names of people. */
const NO_NAME = new RegExp(
  `\\b(?:${[
    'north|south|east|west|northern|southern|eastern|western|central|middle|america|americas|europe|asia|africa',
    'pacific|kingdom|states|emirates|zealand|arabia|korea|york|city|county|region|area|zone',
    'services?|software|hardware|care|health|healthcare|estate|retail|goods|energy|power|finance|financial|insurance',
    'bank|banking|media|public|private|sector|government|education|technology|technologies|tech|food|beverage|travel',
    'manufacturing|automotive|construction|logistics|telecom|chemicals?|pharma|life|sciences?|oil|gas|real|high|digital',
    'sales|marketing|team|group|department|direct|mail|email|web|website|site|search|social|paid|organic|trade|show',
    'event|referral|partner|partners|channel|online|store|cold|call|word|inbound|outbound|campaign|existing|customer',
    'new|business|renewal|upsell|cross|expansion|plan|package|basic|premium|pro|plus|suite|edition|enterprise|small',
    'medium|large|mid|market|level|tier|type|inc|ltd|llc|corp|gmbh|ag|co|company|best|case|most|likely|closed|in',
  ].join('|')})\\b`,
  'iu',
);

/** Whether one text is written as the name of a person: 2–4 Han characters, or two or three capitalised words. */
export function isPersonName(text: string): boolean {
  if (HAN_NAME.test(text)) return isHanName(text);
  return text.length <= 40 && isLatinName(text) && !NO_NAME.test(text);
}

/** Whether it reads `Ann van der Berg` or `Berg, Ann`. */
function isLatinName(text: string): boolean {
  if (/^\p{Lu}[\p{L}'’.-]*(?: (?:(?:van|von|de|der|den|da|di|la|le|bin|al) )*\p{Lu}[\p{L}'’.-]*){1,2}$/u.test(text)) {
    return true;
  }
  return /^\p{Lu}[\p{L}'’-]+, \p{Lu}[\p{L}'’.-]*$/u.test(text);
}

function isHanName(text: string): boolean {
  const family = text.charAt(0);
  return TWO_CHARACTER_FAMILY_NAMES.test(text) || (text.length <= 3 && FAMILY_NAMES.has(family));
}

/**
 * Whether distinct texts, most of them written as names of people, are such: people seldom share their last word, as
 * places (`North Shore`, `South Shore`) and goods do.
 */
export function looksLikePeople(texts: readonly string[]): boolean {
  const names = texts.filter(isPersonName);
  if (names.length < 2 || names.length < texts.length * 0.8) return false;
  const lastWords = new Set(names.map((name) => (HAN_NAME.test(name) ? name : name.slice(name.lastIndexOf(' ') + 1))));
  return lastWords.size > names.length / 2 || names.length > 20;
}
