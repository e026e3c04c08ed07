/** Words of a pipeline in a language, and the encodings that its spreadsheets are saved in. */
export interface PipelineLanguage {
  readonly name: string;
  readonly labels: readonly string[];
  readonly headers: string;
  readonly deals: string;
  readonly accounts: string;
  readonly people: string;
  readonly stages: string;
  readonly notes: string;
}

const SIMPLIFIED: PipelineLanguage = {
  name: 'Simplified Chinese',
  labels: ['gb18030'],
  headers: '商机名称|客户名称|商机金额|销售阶段|负责人|预计成交日期|备注',
  deals:
    '智能仓储一期|年度框架续约|数据中台升级|门店收银改造|视频会议扩容|冷链监控试点|呼叫中心搬迁|车间排产系统|电子签章采购|会员小程序',
  accounts:
    '北京盛世恒通科技有限公司|杭州绿洲物流集团|深圳市鑫源精密模具厂|成都锦里餐饮连锁|佛山陶然居家具|山东鲁能重工股份|西安曲江文旅|厦门海沧港务|贵阳黔茶生物|哈尔滨冰洁乳业',
  people: '李雷|韩梅梅|欧阳晓燕|赵子涵|钱多多|孙悦|诸葛慧|司马琪|邱泽宇|蔺佳',
  stages: '初步接触|需求确认|方案报价|商务谈判|赢单|输单|搁置',
  notes:
    '客户希望下周再约|竞品报价低两成，需要总部支持|合同已寄出，等待盖章|预算被砍掉一半|联系人休假，月底回访|技术澄清会推迟了|对交付周期有疑虑|老板拍板即可签约',
};

const TRADITIONAL: PipelineLanguage = {
  name: 'Traditional Chinese',
  labels: ['big5'],
  headers: '商機名稱|客戶名稱|預估金額|銷售階段|負責業務|預計結案日期|備註',
  deals:
    '智慧倉儲一期|年度合約續約|資料平台升級|門市收銀改造|視訊會議擴充|冷鏈監控試辦|客服中心搬遷|產線排程系統|電子簽章採購|會員應用程式',
  accounts:
    '臺北宏遠科技股份有限公司|新竹聯達半導體|高雄港務倉儲企業|台中精密機械廠|桃園航勤服務|許功蓋工程行|香港匯豐貿易行|嘉義阿里山茶業|花蓮太魯閣飯店|屏東黑珍珠農產',
  people: '陳志明|林淑芬|歐陽雅婷|蔡承翰|鄭宇軒|謝佩珊|葉欣怡|蘇柏豪|魏嘉玲|鍾孟儒',
  stages: '初步接觸|需求確認|方案報價|商務談判|贏單|輸單|擱置',
  notes:
    '客戶希望下週再約|競品報價低兩成，需要總部支援|合約已寄出，等待用印|預算被砍一半|窗口休假，月底回訪|技術說明會延後|對交期有疑慮|老闆點頭就能簽約',
};

const JAPANESE: PipelineLanguage = {
  name: 'Japanese',
  labels: ['shift_jis', 'euc-jp'],
  headers: '案件名|取引先名|金額|フェーズ|担当者|完了予定日|備考',
  deals:
    '基幹システム更改|年間保守契約|倉庫自動化フェーズ１|コールセンター移転|店舗レジ入替|テレワーク環境整備|電子契約導入|生産管理ソフト|会員アプリ開発|空調設備の更新',
  accounts:
    '株式会社山下精密|ソニック商事(株)|有限会社みどり園芸|東海物流センター|表参道デザイン事務所|北陸能登水産|ヤマネコ運送|さくら薬局グループ|九州瓦斯サービス|株式会社ファーストテック',
  people: '佐藤 健|鈴木 美咲|高橋 大輔|渡邊 さくら|伊藤 翔太|齋藤 千尋|小笠原 凛|藤堂 めぐみ|榊原 隼人|工藤 あかり',
  stages: '初回訪問|ヒアリング|提案|見積提出|交渉中|受注|失注',
  notes:
    '来週再訪問の予定|競合が二割安い、本社の支援が必要|契約書送付済み|予算が半分に減った|担当者は休暇中|技術説明会は延期|納期に不安あり|社長決裁待ち',
};

const KOREAN: PipelineLanguage = {
  name: 'Korean',
  labels: ['euc-kr'],
  headers: '영업기회명|고객사|예상금액|영업단계|담당자|예상마감일|비고',
  deals:
    '스마트 물류창고 1차|연간 유지보수 계약|데이터 플랫폼 고도화|매장 포스 교체|화상회의 증설|콜센터 이전|생산 스케줄링|전자계약 도입|멤버십 앱 개발|공조설비 교체',
  accounts:
    '(주)한빛테크|서울우유협동조합|부산항만물류|대한정밀공업|제주감귤농원|광주푸드시스템|인천공항서비스|울산화학|수원반도체장비|강릉커피로스터스',
  people: '김민준|이서연|박지훈|최수빈|정하윤|강도현|조은별|윤태영|남궁혜진|황보라',
  stages: '초기접촉|요구사항 확인|제안|견적|협상중|수주|실주',
  notes:
    '다음 주에 다시 방문 예정|경쟁사가 20% 저렴함|계약서 발송 완료|예산이 절반으로 줄었음|담당자 휴가중|기술 설명회 연기|납기에 대한 우려|대표 결재 대기',
};

const RUSSIAN: PipelineLanguage = {
  name: 'Russian',
  labels: ['windows-1251', 'koi8-r'],
  headers: 'Название сделки|Клиент|Сумма|Этап|Ответственный|Дата закрытия|Примечание',
  deals:
    'Склад, первая очередь|Продление договора|Модернизация ЦОД|Замена касс|Видеосвязь|Перенос колл-центра|Планирование цеха|Электронная подпись|Мобильное приложение|Вентиляция офиса',
  accounts:
    'ООО «Ромашка»|АО Северсталь|ЗАО Вектор Плюс|ИП Щербаков|Газпром нефть|ТОО Алматы Логистик|ПАО Ижмаш|Южный порт|Ёлки и иголки|ФГУП Почта',
  people:
    'Иван Петров|Ольга Смирнова|Юрий Кузнецов|Анна Щукина|Дмитрий Жуков|Елена Цветкова|Фёдор Хохлов|Мария Эйсмонт|Игорь Чернышёв|Яна Быкова',
  stages: 'Первый контакт|Квалификация|Предложение|Переговоры|Выиграна|Проиграна|Отложена',
  notes:
    'Перезвонить на следующей неделе|Конкурент дешевле на 20%|Договор отправлен|Бюджет урезан вдвое|В отпуске до конца месяца|СРОЧНО: нужна скидка|Сомневаются в сроках|Ждём подписи директора',
};

const POLISH: PipelineLanguage = {
  name: 'Polish',
  labels: ['windows-1250', 'iso-8859-2'],
  headers: 'Nazwa szansy|Klient|Wartość|Etap sprzedaży|Właściciel|Data zamknięcia|Źródło',
  deals:
    'Magazyn – etap pierwszy|Przedłużenie umowy|Modernizacja sieci|Wymiana kas|Łączność wideo|Przeniesienie infolinii|Planowanie produkcji|Podpis elektroniczny|Aplikacja lojalnościowa|Klimatyzacja biura',
  accounts:
    'Żabka Polska|Łódzkie Zakłady Mięsne|Śląska Spółka Węglowa|PKP Przewozy|Gdańsk Stocznia|Huta Częstochowa|Dąbrowa Meble|Piekarnia Pączek|Źródlana Woda|Kraków Kółko Rolnicze',
  people:
    'Łukasz Wójcik|Małgorzata Kamińska|Paweł Zieliński|Agnieszka Dąbrowska|Michał Szymański|Bożena Świątek|Józef Krawczyk|Grażyna Pawłowska|Tomasz Nowak|Jędrzej Źrebiec',
  stages: 'Pierwszy kontakt|Kwalifikacja|Oferta wysłana|Negocjacje|Wygrana|Przegrana|Wstrzymana',
  notes:
    'Oddzwonić w przyszłym tygodniu|Konkurencja tańsza o 20%|Umowa wysłana|Budżet obcięty o połowę|Urlop do końca miesiąca|Pilne: rabat|Wątpliwości co do terminów|Czekamy na podpis',
};

const CZECH: PipelineLanguage = {
  ...POLISH,
  name: 'Czech',
  labels: ['windows-1250'],
  headers: 'Název příležitosti|Zákazník|Částka|Fáze|Vlastník|Datum uzavření|Poznámka',
  deals:
    'Sklad první etapa|Prodloužení smlouvy|Výměna pokladen|Přesun linky|Plánování výroby|Elektronický podpis|Věrnostní aplikace|Klimatizace kanceláře',
  accounts:
    'Škoda Auto|Plzeňský Prazdroj|České dráhy|Třinecké železárny|Řeznictví Novák|Ústecká teplárna|Hořický cukrář|Žďas',
  people:
    'Jiří Dvořák|Lucie Černá|Tomáš Procházka|Kateřina Němcová|Ondřej Říha|Zdeněk Kučera|Šárka Žáková|Václav Beneš',
  stages: 'První kontakt|Kvalifikace|Nabídka|Vyjednávání|Vyhráno|Prohráno|Odloženo',
  notes:
    'Zavolat příští týden|Konkurence levnější|Smlouva odeslána|Rozpočet snížen|Čekáme na podpis ředitele|Nejistota ohledně termínů',
};

const GERMAN: PipelineLanguage = {
  name: 'German',
  labels: ['windows-1252'],
  headers: 'Verkaufschance|Kunde|Betrag (€)|Phase|Zuständig|Abschlussdatum|Begründung',
  deals:
    'Lagerausbau Süd|Vertragsverlängerung|Erneuerung Kälteanlage|Kassenaustausch|Videokonferenz für Außendienst|Umzug Callcenter|Fertigungsplanung|Elektronische Unterschrift|Kundenbindungs-App|Lüftung Büro',
  accounts:
    'Müller & Söhne GmbH|Bäckerei Weiß|Stadtwerke Köln|Österreichische Post|Großmarkt Nürnberg|Ährenfeld KG|Würth|Schäfer Möbel|Zürich Versicherung|Hafen Lübeck',
  people: 'Jürgen Groß|Käthe Böhm|Sören Müller|Björn Weiß|Günter Lüdtke|Ute Schröder|Heike Krämer|Özgür Yilmaz',
  stages: 'Erstgespräch|Qualifiziert|Angebot|Verhandlung|Gewonnen|Verloren|Zurückgestellt',
  notes:
    'Rückruf nächste Woche|Mitbewerber 20 % günstiger|Vertrag verschickt|Budget halbiert – prüfen|Urlaub bis Monatsende|Zweifel an Lieferterminen|Geschäftsführer muss zustimmen',
};

const FRENCH: PipelineLanguage = {
  name: 'French',
  labels: ['windows-1252'],
  headers: 'Opportunité|Société|Montant|Étape|Propriétaire|Date de clôture|Commentaire',
  deals:
    'Entrepôt première tranche|Renouvellement annuel|Réseau du siège|Remplacement des caisses|Visioconférence|Déménagement du centre d’appels|Planification d’atelier|Signature électronique|Appli fidélité',
  accounts:
    'Société Générale|Boulangerie Éric|Crédit Mutuel|Électricité de l’Ouest|Laiterie Forêt|Hôtel de la Côte|Façades & Cie|Maïs Océan|Château Léoville|Noël Frères',
  people:
    'François Lefèvre|Hélène Guérin|Jérôme Bénard|Zoé Dubois|André Mönch|Maëlle Rocher|Loïc Prévost|Éléonore Château',
  stages: 'Premier contact|Qualifiée|Proposition envoyée|Négociation|Gagnée|Perdue|Suspendue',
  notes:
    'À rappeler la semaine prochaine|Concurrent moins cher de 20 %|Contrat envoyé|Budget coupé en deux|En congé jusqu’à la fin du mois|Doutes sur les délais|Décision du gérant',
};

/** The languages that encodings are told apart by. */
export const PIPELINE_LANGUAGES: readonly PipelineLanguage[] = [
  SIMPLIFIED,
  TRADITIONAL,
  JAPANESE,
  KOREAN,
  RUSSIAN,
  POLISH,
  CZECH,
  GERMAN,
  FRENCH,
];

/** Numbers from 0 to 1 that are the same for the same seed. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Which of the columns are in the language; the others are in English. */
export type Mix = 'all' | 'values' | 'people' | 'headers';

const ENGLISH: Pick<PipelineLanguage, 'headers' | 'deals' | 'accounts' | 'people' | 'stages' | 'notes'> = {
  headers: 'Opportunity Name|Account Name|Amount|Stage|Opportunity Owner|Close Date|Description',
  deals: 'Warehouse phase one|Annual renewal|Network upgrade|Till replacement|Call centre move|Loyalty app',
  accounts: 'Acme Inc.|Globex Corporation|Initech|Umbrella Ltd|Hooli|Stark Industries',
  people: 'Ann Lee|Bob Stone|Carol Hill|Dan Fox|Eve Marsh',
  stages: 'Prospecting|Qualification|Proposal/Price Quote|Closed Won|Closed Lost',
  notes: 'Call back next week|Competitor is cheaper|Contract sent|Budget cut|On holiday|Waiting for signature',
};

/** An export of so many deals, with ids, amounts, dates and addresses in ASCII. */
export function pipelineText(language: PipelineLanguage, rows: number, mix: Mix, random: () => number): string {
  const own = (part: 'headers' | 'people' | 'values'): typeof ENGLISH =>
    mix === 'all' || mix === part ? language : ENGLISH;
  const pick = (words: string): string => {
    const all = words.split('|');
    return quoted(all[Math.floor(random() * all.length)] as string);
  };
  const [deal, account, amount, stage, person, close, note] = own('headers').headers.split('|');
  const lines = [`ID,${deal},${account},${amount},${stage},${person},Email,${close},${note}`];
  const values = own('values');
  const people = mix === 'values' ? language : own('people');
  for (let row = 0; row < rows; row++) {
    const day = String(1 + Math.floor(random() * 28)).padStart(2, '0');
    const money = (random() * 1e6).toFixed(2);
    const email = `user${Math.floor(random() * 900)}@example.com`;
    lines.push(
      `006${100000 + row},${pick(values.deals)},${pick(values.accounts)},${money},${pick(values.stages)},${pick(people.people)},${email},2026-03-${day},${random() < 0.5 ? '' : pick(values.notes)}`,
    );
  }
  return `${lines.join('\r\n')}\r\n`;
}

function quoted(cell: string): string {
  return /[",]/.test(cell) ? `"${cell}"` : cell;
}
