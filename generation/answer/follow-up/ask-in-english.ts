import { baseOfIrregularForm } from '../../../retrieval/text/irregular-verbs.ts';

import { namesIn } from './noun-phrases.ts';
import { lowerFirst, sentence } from './sentence-case.ts';
import { cutWords } from './words.ts';

/** An earlier English question, without its mark, asked with another question word. */
export function askInEnglish(word: string, question: string): string {
  const asked = question.match(englishOpening);
  if (asked === null) {
    if (auxiliary.test(question)) return sentence(`${word} ${lowerFirst(question)}`);
    const name = namesIn(question).at(-1)?.text;
    if (name !== undefined && /^where$/u.test(word)) return sentence(`where is ${name}`);
    return sentence(`${question}: ${word}`);
  }
  const { groups = {} } = asked;
  const rest = question.slice(asked[0].length).trim();
  const was = groups['word']?.toLowerCase() ?? '';
  if (auxiliary.test(rest)) {
    const why = /^why$/u.test(word);
    const { many, noun = '', degree } = groups;
    if (/^who$/u.test(word) && /^(?:is|was|are|were) /iu.test(rest))
      return sentence(`by whom ${rest}`);
    if (/^who$/u.test(word)) return sentence(`${lowerFirst(question)}, and ${word}`);
    if (many !== undefined)
      return sentence(`${word} ${rest} ${why ? `so ${many} ` : ''}${noun.trim()}`);
    if (degree !== undefined && why) return sentence(`${word} ${rest} so ${degree}`);
    return sentence(`${word} ${rest}`);
  }
  const [verb = ''] = rest.split(' ');
  const participle = participleOf(verb.toLowerCase());
  if (!/^(?:who|what|which)$/u.test(was) || participle === null || rest === verb) {
    return sentence(`${lowerFirst(question)}, and ${word}`);
  }
  const [, object = '', tail = ''] = rest.slice(verb.length).match(objectAndTail) ?? [];
  const be = /[^s'ui]s$/u.test(cutWords(object.split(/ of /u)[0] ?? '').at(-1)?.text ?? '')
    ? 'were'
    : 'was';
  return sentence(`${word} ${be} ${object.trim()} ${participle}${tail}`);
}

const auxiliary =
  /^(?:do|does|did|is|are|was|were|has|have|had|can|could|will|would|should|may|might|must)(?: |$)/iu;
const englishOpening =
  /^(?:(?:and|in|on|at|by|from|to|of|for|with|since|until|about) )?(?<word>who|whom|whose|what|which|when|where|why|how)(?: (?<many>many|much)(?<noun>(?: (?!(?:do|does|did|is|are|was|were|has|have|had|can|could|will|would) )\S+){0,4})| (?<degree>long|old|tall|far|big|fast|large|high|deep|heavy|wide|often|soon|expensive)| (?:year|country|city|place|century|month|date|day|state))?(?= |$)/iu;
const objectAndTail = /^(.*?)(\s(?:in|on|at|during|by|from|for|after|before|since|with)\s.*)?$/u;

/** «wrote» → "written"; null when it is no past form that is known. */
function participleOf(verb: string): string | null {
  const base = baseOfIrregularForm.get(verb);
  if (base !== undefined) {
    return [...baseOfIrregularForm].findLast(([, other]) => other === base)?.[0] ?? null;
  }
  return /[^e]ed$/u.test(verb) ? verb : null;
}
