import { fold } from './terms.ts';

/** Whether a folded word says nothing about the subject: «что», «был», "the", "did". */
export function isStopWord(word: string): boolean {
  return stopWords.has(word);
}

/** Whether a folded word only asks: «кто», «сколько», "what", "which". */
export function isQuestionWord(word: string): boolean {
  return questionWords.has(word);
}

const questionWords = new Set(
  words(`
    кто кого кому кем ком что чего чему чем чём какой какая какое какие какого какую каком каких каким
    какими какому какою который которая которое которые которого которую котором которых которым
    где куда откуда когда почему зачем отчего как сколько скольких скольким скольки насколько
    каков какова каково каковы
    чей чья чьё чьи чьего чью чьих ли разве неужели правда
    who whom whose what which where when why how
  `),
);

const stopWords = new Set([
  ...questionWords,
  ...words(`
    и в во не на я быть он с со а по это этот эта эти этого этой этих этом этому этим тот та те того той тех
    том тому тем то она оно они его её ему ей им их ими ней нём него них мы вы ты нас вас нам вам мне меня
    к ко у из изо за от ото о об обо для до при под над про без через между перед после около
    или но да же бы б ещё уже только лишь даже ни нет есть был была было были будет будут являлся
    является являются являлась являлось являлись стал стала стало стали так также тоже такой такая такое
    такие здесь там тут все всё всех весь вся всего себя себе свой своя своё свои своего своей своих свою
    если когда чтобы потому поэтому хотя пока можно может могут мог могла могли нужно надо должен должна
    должны очень более менее самый самая самое самые другой другие один одна одно мой моя мои твой наш
    ваш скажи скажите расскажи расскажите назови назовите подскажи подскажите пожалуйста 
    a an the of in on at to for from by with about into over after before between under during through
    and or but if than then that this these those there here it its he she they them his her their we you
    i me my our your is are was were be been being am do does did done doing has have had having can could
    will would shall should may might must not no nor so such as also too very just only own same other
    don't doesn't didn't isn't aren't wasn't weren't hasn't haven't hadn't can't couldn't won't wouldn't
    shouldn't mustn't
    some any each all both more most out up down off again once one please tell
  `),
]);

function words(list: string): string[] {
  return list
    .trim()
    .split(/\s+/u)
    .map((word) => fold(word));
}

/** Stems of the words of a text that carry its subject, in order, with repeats. */
export function contentStems(tokens: readonly { word: string; stem: string }[]): string[] {
  return tokens.filter((token) => !isStopWord(token.word)).map((token) => token.stem);
}
