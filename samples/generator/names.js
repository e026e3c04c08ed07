/** Names of companies and people that do not exist, put together from lists. */

const FIRST_WORDS =
  'Alder Bramble Cobalt Dunmore Emberly Fenwick Glasshaven Harrowgate Ironbark Juniper Kestrel Larkfield Maplewick ' +
  'Nettleton Oakhurst Pinecrest Quarrystone Ravenscar Saltmarsh Thornbury Umberfield Vesperton Willowmere Yarrow ' +
  'Zephyrline Brightwater Cinderhill Dovecote Elmstead Foxglove';
const TRADES =
  'Logistics Foods Analytics Textiles Marine Robotics Packaging Dental Insurance Freight Ceramics Media Energy ' +
  'Optics Hospitality';
const FORMS = ['Inc', 'LLC', 'Group', 'Partners', 'Co'];

export const ENGLISH_PEOPLE = [
  'Dana Whitfield',
  'Marcus Oyelaran',
  'Priya Venkat',
  'Tom Halloran',
  'Elena Sorokina',
  'Jasper Lindqvist',
  'Noor Haddad',
  'Colin Abernathy',
  'Ruth Castellanos',
  'Kenji Morita',
];

const CITIES = '杭州 苏州 宁波 无锡 佛山 东莞 青岛 合肥 长沙 成都 武汉 厦门'.split(' ');
const BRANDS =
  '云岚 启衡 泽屿 恒翎 瑞砾 澜柏 景穗 兆榕 沐川 砺峰 辰麓 禾汐 嘉岫 铭朔 昱桐 盛苒 拓羽 融楷 安珩 卓笙 晟荻 弘杉 翊帆 诺屿'.split(
    ' ',
  );
const CHINESE_TRADES =
  '精密机械 食品 医疗器械 电子科技 新材料 物流 智能装备 环保工程 纺织 建筑装饰 汽车零部件 生物科技'.split(' ');
const CHINESE_FORMS = ['有限公司', '有限公司', '有限公司', '股份有限公司'];

export const PROVINCES = {
  杭州: '浙江省',
  苏州: '江苏省',
  宁波: '浙江省',
  无锡: '江苏省',
  佛山: '广东省',
  东莞: '广东省',
  青岛: '山东省',
  合肥: '安徽省',
  长沙: '湖南省',
  成都: '四川省',
  武汉: '湖北省',
  厦门: '福建省',
};

export const CHINESE_PEOPLE = [
  '李娜',
  '王浩然',
  '张雨桐',
  '陈立群',
  '刘思远',
  '赵敏仪',
  '周子涵',
  '吴建平',
  '孙晓彤',
  '郑博文',
];

/**
 * Company names, no two alike but for their legal form.
 *
 * @param {import('./random.js').Chance} chance
 * @param {number} count
 */
export function englishCompanies(chance, count) {
  const trades = TRADES.split(' ');
  const stems = FIRST_WORDS.split(' ').flatMap((word) => trades.map((trade) => `${word} ${trade}`));
  return chance
    .shuffle(stems)
    .slice(0, count)
    .map((stem) => `${stem} ${chance.pick(FORMS)}`);
}

/**
 * Companies with their city; no two alike but for their legal form.
 *
 * @param {import('./random.js').Chance} chance
 * @param {number} count
 */
export function chineseCompanies(chance, count) {
  const stems = BRANDS.flatMap((brand) => CHINESE_TRADES.map((trade) => `${brand}${trade}`));
  return chance
    .shuffle(stems)
    .slice(0, count)
    .map((stem) => {
      const city = chance.pick(CITIES);
      return { name: `${city}${stem}${chance.pick(CHINESE_FORMS)}`, short: stem, province: PROVINCES[city] };
    });
}
