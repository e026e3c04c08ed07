/** The letters beyond ASCII that a language writes in an encoding of single bytes. */
export interface Alphabet {
  /** A label of the WHATWG Encoding Standard. */
  readonly label: string;
  /** Lower-case letters, the most frequent first. */
  readonly letters: string;
  /** Latin letters stand among those of ASCII, the others in words of their own. */
  readonly script: 'latin' | 'own';
}

const WESTERN = [
  'éèàêçôîûùâëïœ', // French
  'üäöß', // German
  'óíáéñúü', // Spanish
  'ãçáéíóêõúàâô', // Portuguese
  'àèùòìé', // Italian
  'äöåéšž', // Swedish, Finnish
  'øåæé', // Danish, Norwegian
  'ëéïèöü', // Dutch
];
const CENTRAL = [
  'łąęóżśćńź', // Polish
  'áíéěšřžčýůúťňď', // Czech
  'áíščžéýúľťôňäďĺŕó', // Slovak
  'éáöóőíüúű', // Hungarian
  'ăîâşţ', // Romanian
  'čšžćđ', // Croatian, Slovene
];
const CYRILLIC = [
  'оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфёъ', // Russian
  'оанивітерсклудмпзяьбгйчхцюїжєщфшґ', // Ukrainian
  'аоиентрсвлкдпмзгъубячжцхщшюйфь', // Bulgarian
];
const TURKISH = ['ışğüçöİâ'];
const GREEK = ['αοιετσνηυρπκμλςάίόέήώγδθωβφχζξψύϊ'];

function inEncoding(label: string, script: Alphabet['script'], languages: readonly string[]): Alphabet[] {
  return languages.map((letters) => ({ label, script, letters }));
}

/** Encodings of single bytes with their languages. */
export const ALPHABETS: readonly Alphabet[] = [
  ...inEncoding('windows-1252', 'latin', WESTERN),
  ...inEncoding('windows-1250', 'latin', CENTRAL),
  ...inEncoding('windows-1251', 'own', CYRILLIC),
  ...inEncoding('koi8-r', 'own', CYRILLIC.slice(0, 1)),
  ...inEncoding('windows-1254', 'latin', TURKISH),
  ...inEncoding('iso-8859-2', 'latin', CENTRAL),
  ...inEncoding('windows-1253', 'own', GREEK),
];
