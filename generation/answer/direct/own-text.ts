import { fold } from '../../../retrieval/text/terms.ts';

/**
 * Whether a message brings along the very text or code that it wants something done with: translated,
 * shortened, corrected, explained. Whether a text is true has to be looked up, and so has who wrote it.
 */
export function bringsItsOwnText(message: string): boolean {
  const { request, material } = takeApart(message);
  const asked = fold(request).trim();
  if (material === null) return false;
  if (elsewhere.test(asked)) return false;
  if (material.isCode) return true;
  if (material.words < 2 && !material.isMarked) return false;
  if (work.test(asked) || judgement.test(asked) || language.test(asked)) return true;
  if (question.test(asked) || question.test(fold(material.text))) return false;
  // Whoever quotes a whole sentence wants something done with it; so does who orders and then lists.
  return material.isQuotation ? material.words >= 4 : order.test(asked) && material.words >= 2;
}

interface Material {
  isCode: boolean;
  /** Whether a line, a colon or quotation marks set it apart. */
  isMarked: boolean;
  isQuotation: boolean;
  words: number;
  text: string;
}

function takeApart(message: string): { request: string; material: Material | null } {
  const fence = /```[\s\S]*?(?:```|$)/u.exec(message);
  if (fence !== null) {
    return taken(message.replace(fence[0], ' '), fence[0], { isCode: true, isMarked: true });
  }
  const lines = message.split('\n').filter((line) => line.trim() !== '');
  const codeLines = lines.filter((line) => code.test(line));
  if (codeLines.length > 0 && (lines.length > 1 || inlineCode.test(message))) {
    const request = lines.filter((line) => !code.test(line)).join('\n');
    return taken(request, codeLines.join('\n'), { isCode: true, isMarked: true });
  }
  if (codeLines.length > 0 && /[{[(].*[}\])]/u.test(message)) {
    const [before = ''] = message.split(/[{[(]/u);
    return taken(before, message.slice(before.length), { isCode: true, isMarked: true });
  }
  const quoted = /«[^»]{3,}»|"[^"]{3,}"|“[^”]{3,}”|„[^“”]{3,}[“”]|`[^`]{3,}`/u.exec(message);
  if (quoted !== null) {
    return taken(message.replace(quoted[0], ' '), quoted[0], {
      isCode: false,
      isMarked: true,
      isQuotation: true,
    });
  }
  const orderedLast = /^(\S[\s\S]{8,}?)\s*[—–:,(-]+\s*([^—–:,(\n]{3,60})$/u.exec(message);
  if (orderedLast !== null && lastOrder.test(fold(orderedLast[2] ?? ''))) {
    return taken(orderedLast[2] ?? '', orderedLast[1] ?? '', { isCode: false, isMarked: true });
  }
  const colon = /^([^:\n]{3,120}?)(?::|\s->|\s=>|\s[—–])\s+(\S[\s\S]+)$/u.exec(message);
  if (colon !== null) {
    return taken(colon[1] ?? '', colon[2] ?? '', { isCode: false, isMarked: true });
  }
  const [first = '', ...others] = lines;
  if (others.length > 0) return taken(first, others.join('\n'), { isCode: false, isMarked: true });
  // «Переведи на английский я скоро буду»
  const bare = bareTranslation.exec(fold(message));
  return bare === null
    ? { request: message, material: null }
    : taken(bare[1] ?? '', bare[2] ?? '', { isCode: false, isMarked: false });
}

function taken(
  request: string,
  text: string,
  {
    isCode,
    isMarked,
    isQuotation = false,
  }: { isCode: boolean; isMarked: boolean; isQuotation?: boolean },
): { request: string; material: Material } {
  const words = text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  return { request, material: { isCode, isMarked, isQuotation, words, text } };
}

/** A line that is a program, a query, data or markup. */
const code =
  /[;{}]\s*$|^\s*(?:def|class|function|const|let|var|import|from\s+\S+\s+import|return|for\s*\(|for\s+\w+\s+in\s|while\s*[( ]|if\s*\(|if\s.+:$|elif|else:|print\s*\(|public|private|#include|using\s|func|fn|select\s.+\sfrom\s|insert\s+into|update\s+\w+\s+set|delete\s+from|<\/?[a-z][\w-]*[\s>/]|\$\w+\s*=|\w+\s*=\s*(?:\[|\{|\w+\(|[\d'"]))|=>|\w\(\w*\)\s*[;{]|^\s*\w+\.\w+\(.*\)|"\w+"\s*:\s*|\{\s*"?\w+"?\s*:\s|^\s*[\w-]+:\s*$|\b\w+\[\w+\]|console\.log|&&|\|\||==|!=|\w+\+\+/iu;
const inlineCode = /[({[].*[)}\]].*[;{}=]|=>/u;

/** What is to be found out about a text rather than done with it. */
const elsewhere =
  /(?<!\p{L})(?:правда(?: ли)?|верно ли|кто (?:сказал|написал|автор|перевел|поет|спел)|чья|чье|откуда|из какой|из какого|когда|где (?:искать|найти|купить)|происхожден\p{L}*|этимологи\p{L}*|come from|origins?|etymology|is (?:it|this|that) true|true or false|fact.?check|who (?:said|wrote|sang|translated|is)|where (?:is|does|did|can)|when (?:did|was|is)|which (?:song|book|film|movie))(?!\p{L})/u;

const work =
  /(?<!\p{L})(?:пере?вд?(?:еди|ди|едите|ести|од)|перевел|как (?:по-|на )\p{L}+|как (?:будет|сказать)|по-(?:английски|русски|немецки|французски|испански)|пере(?:фразируй|пиши|делай|формулируй|скажи|сказать|писать|делать)\p{L}*|сократи\p{L}*|укороти\p{L}*|исправ\p{L}*|поправь\p{L}*|отредактируй\p{L}*|вычитай\p{L}*|проверь (?:на )?(?:ошибки|грамматик\p{L}|орфографи\p{L}|запят\p{L}+|пунктуаци\p{L}|текст|письмо)|расставь\p{L}*|убери\p{L}*|замени\p{L}*|добав[ьи]\p{L}*|упрост\p{L}*|разъясни\p{L}*|объясни\p{L}*|поясни\p{L}*|резюм\p{L}*|подведи итог|выдели\p{L}*|сделай\p{L}*|смягчи\p{L}*|оформи\p{L}*|отсортируй\p{L}*|упорядочи\p{L}*|разбей\p{L}*|преврати\p{L}*|сформулируй\p{L}*|продолж\p{L}*|допиши\p{L}*|закончи\p{L}*|ответь (?:на )?(?:это )?(?:письмо|сообщение)|извлеки\p{L}*|посчитай (?:слова|символы|буквы)|translat\p{L}*|rewrit\p{L}*|rephras\p{L}*|paraphras\p{L}*|shorten|condense|summari[sz]\p{L}*|tl;?dr|simplif\p{L}*|fix|correct|proofread|edit|polish|improve|reword|tidy(?: up)?|clean(?: up)?|put (?:this|it|that) (?:in|into)|turn (?:this|it|that|these)|change (?:this|it|that|these)|convert (?:this|these)|make (?:this|it|that|these)|explain|expand|sort|alphabeti[sz]\p{L}*|reorder|format|extract|bullet points?|main (?:point|idea)s?|gist|rename|continue|finish|complete|reply to|respond to|what does (?:he|she|it|this|that|they) mean|in (?:plain|simple) (?:english|words)|in english|in russian)(?!\p{L})/u;

/** What somebody thinks of a text. */
const judgement =
  /(?<!\p{L})(?:звучит|о чем (?:тут|здесь|это)|что (?:тут|здесь) (?:не так|написано)|есть (?:ли )?ошибки|грамотно|правильно ли|sounds?|rude|polite|any (?:mistakes|typos|errors)|is this (?:correct|right|grammatical|ok)|grammar|nicer|better way to say|what's wrong)(?!\p{L})/u;

/** The language that it is to be in. */
const language =
  /(?<!\p{L})(?:на (?:рус|англ|\p{L}+(?:ский|ски))|с (?:рус|англ|\p{L}+ского)|(?:in|to|into|from) (?:english|russian|german|french|spanish|italian|chinese|japanese|portuguese|turkish|ukrainian|polish|\p{L}+(?:ish|ian|ese))|(?:english|russian|german|french|spanish) (?:version|for)|what does (?:this|it|that) (?:say|mean)|что (?:тут|здесь|там) написано|что значит(?: эта)? (?:фраза|надпись))(?!\p{L})/u;

const question =
  /(?<!\p{L})(?:кто|когда|где|куда|откуда|почему|зачем|сколько|какой|какая|какие|что такое|чем|who|whom|when|where|why|which|how (?:many|much|long|old|far|tall)|what (?:is|was|are|year))(?!\p{L})/u;

/** Orders to do something with what follows; those that ask to look something up are not. */
const order =
  /^(?:(?:а|и|ну|пожалуйста|плиз|можешь|please|pls|can you|could you)[\s,]+)*(?!(?:найди|скажи|подскажи|расскажи|проверь|посмотри|покажи|ответь|загугли|поищи|узнай|сравни)(?!\p{L}))(?:\p{L}{2,}(?:[аеиоуыюя]й|йте|ите|ьте|[сзтнлдврчшжм]ь|[вджзклмнпрстчшщ]и)(?=\s|$)|(?:turn|put|make|rename|list|group|count|reverse|order|rank|split|join|merge|convert|write|draft|style|spell|highlight|remove|replace|add)(?!\p{L}))/u;

/** «… — переведи плиз»: an order after what it is about. */
const lastOrder =
  /^(?:а )?(?:как (?:это )?(?:по-|на )\p{L}+|переведи(?:те)?(?: это)?|исправь(?:те)?(?: ошибки)?|сократи(?:те)?|перефразируй(?:те)?|перепиши(?:те)?|упрости(?:те)?|translate(?: this| it)?|fix (?:this|it|grammar)|rephrase(?: this| it)?|shorten(?: this| it)?|simplify(?: this| it)?)(?: \p{L}+){0,4}[\s.!?)]*$/u;

const bareTranslation =
  /^(.*?(?:переведи(?:те)?(?: мне)?(?: фразу| слово| предложение)?(?: с \p{L}+)? (?:на|по-) ?\p{L}+(?:ски|ский|кий)?|translate(?: this| the phrase)? (?:in)?to \p{L}+))[\s,-]+(\S+\s.*)$/u;
