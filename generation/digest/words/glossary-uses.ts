import type { Term } from './glossary.ts';

/** What it is for («для …»), what it measures, and what it brings, each a clause that can stand alone. */
export const USES: readonly Term[] = [
  ...of('use', [
    [
      'edge',
      /edge devices?|on[- ]device|mobile devices|слаб\p{L}+ устройств\p{L}*/iu,
      'слабых устройств',
      'edge devices',
    ],
    [
      'drafting',
      /draft(?:ing)? model|speculative decoding|чернов\p{L}+ модел\p{L}+/iu,
      'спекулятивного декодирования',
      'speculative decoding',
    ],
    ['search', /for (?:semantic )?(?:search|retrieval)|для поиска/iu, 'поиска', 'search'],
    ['clustering', /\bclustering\b|кластеризац\p{L}+/iu, 'кластеризации', 'clustering'],
    [
      'classification',
      /text classification|\bclassification\b|классификац\p{L}+/iu,
      'классификации',
      'classification',
    ],
    [
      'agents',
      /\bagentic\b|tool (?:use|calling)|function calling/iu,
      'агентов и вызова инструментов',
      'agents and tool calling',
    ],
    [
      'ide',
      /\bIDE\b|сред[аеуы] разработки/u,
      'работы прямо в среде разработки',
      'work right in the editor',
    ],
    ['chat', /\bdialogue\b|chat assistant|assistant-like chat/iu, 'диалогов', 'dialogue'],
    ['research', /research (?:use|purposes) only|for research/iu, 'исследований', 'research'],
  ]),
  ...of('measures', [
    [
      'following',
      /follow(?:s|ing)? instructions?|instruction[- ]following|выполня\p{L}+ инструкци\p{L}+/iu,
      'следование инструкциям',
      'instruction following',
    ],
    [
      'two-turn',
      /(?:two|multi)-turn (?:questions|conversations?|dialogues?)|бесед\p{L}+ из двух реплик/iu,
      'умение вести диалог из нескольких реплик',
      'conversations of several turns',
    ],
    [
      'factuality',
      /factuality|hallucination rate|factual accuracy/iu,
      'фактическую точность',
      'factual accuracy',
    ],
    [
      'math-skill',
      /measures? math|mathematical reasoning benchmark/iu,
      'математику',
      'mathematics',
    ],
    [
      'code-skill',
      /(?:software engineering|coding) (?:benchmark|tasks)/iu,
      'программирование',
      'programming',
    ],
    ['safety', /safety (?:benchmark|evaluation)/iu, 'безопасность ответов', 'safety'],
    [
      'long-skill',
      /long[- ]context (?:benchmark|understanding)/iu,
      'работу с длинным контекстом',
      'long contexts',
    ],
  ]),
  ...of('property', [
    [
      'flat-cost',
      /cost of (?:a|each)(?: new)? token (?:stays the same|does not grow|is constant)|(?:затраты|цена) на каждый новый токен не раст/iu,
      'цена нового токена не растёт с длиной текста',
      'the cost of a new token does not grow with the text',
    ],
    [
      'constant-state',
      /state of constant size|constant(?:-size)? memory|состояни\p{L}+ постоянного размера/iu,
      'при работе хватает состояния постоянного размера',
      'it runs with a state of constant size',
    ],
    [
      'parallel-training',
      /trains? in parallel (?:like|as) a transformer|обучается параллельно, как трансформер/iu,
      'обучается параллельно, как трансформер',
      'it trains in parallel like a transformer',
    ],
    [
      'draft-lossless',
      /(?:faster|speeds? up[^.]{0,40}) without changing (?:its|the) (?:answers|outputs?)/iu,
      'большая модель с ней отвечает быстрее, а ответы не меняются',
      'the large model answers faster and its answers stay the same',
    ],
    [
      'latent-thought',
      /(?:thinks?|reason\p{L}*) in a (?:continuous )?latent space/iu,
      'модель рассуждает в непрерывном латентном пространстве, а не словами',
      'the model reasons in a continuous latent space',
    ],
    [
      'hidden-state-back',
      /last hidden state[^.]{0,60}(?:is a continuous thought|fed back|next input)|последнее скрытое состояние[^.]{0,60}подают/iu,
      'последнее скрытое состояние подаётся обратно на вход и не превращается в токен',
      'the last hidden state is fed back and never becomes a token',
    ],
    [
      'breadth-first',
      /breadth[- ]first search|поиск в ширину/iu,
      'ход рассуждения напоминает поиск в ширину',
      'the reasoning resembles a breadth-first search',
    ],
    [
      'fewer-tokens',
      /(?:spends?|uses?|generates?|needs?) (?:fewer|less) (?:\p{L}+ )?tokens|тратит меньше токенов/iu,
      'на рассуждение уходит меньше токенов',
      'thinking takes fewer tokens',
    ],
    [
      'program-checked',
      /(?:program|code|script)[^.]{0,12} checks each|checked by a program|проверяет программа/iu,
      'каждый пункт проверяет программа, модель-судья не нужна',
      'each item is checked by a program, no judge model is needed',
    ],
    [
      'judge-rated',
      /rated[^.]{0,40}by a judge model|(?:uses|with) an? (?:LLM|model)[- ]as[- ]a[- ]judge|оценивает модель-судья/iu,
      'ответы оценивает модель-судья',
      'answers are rated by a judge model',
    ],
    [
      'strict-loose',
      /strict (?:or|and) loose|строгая и мягкая/iu,
      'оценок две: строгая и мягкая',
      'there are two scores, strict and loose',
    ],
    [
      'turn-builds',
      /second turn builds on the first|вторая реплика[^.]{0,30}опирается на первую/iu,
      'вторая реплика опирается на первую',
      'the second turn builds on the first',
    ],
    [
      'speed-up-mtp',
      /(?:multi-token prediction|MTP)[^.]{0,120}(?:speed up|faster|speculative decoding)/iu,
      'предсказание нескольких токенов пригодится и для ускорения инференса',
      'multi-token prediction can also speed up inference',
    ],
    [
      'instruct-queries',
      /queries[^.]{0,60}carry an instruction|запрос\p{L}*[^.]{0,60}добавляют инструкцию/iu,
      'к запросам добавляют инструкцию с описанием задачи, документы подают без неё',
      'queries carry an instruction that describes the task, documents do not',
    ],
    [
      'replaceable-docs',
      /knowledge[^.]{0,60}replacing (?:its |the )?documents|базу знаний можно обновить|заменив документы/iu,
      'знания обновляются заменой документов, без переобучения',
      'its knowledge is updated by replacing documents',
    ],
    [
      'no-critic',
      /(?:no|without a) critic(?: model)?|без (?:отдельной )?модели-критика/iu,
      'модель-критик не нужна',
      'no critic model is needed',
      true,
    ],
    [
      'no-critic-baseline',
      /average as the baseline|из средней оценки группы/iu,
      'GRPO отсчитывает награду от средней оценки группы ответов',
      'GRPO takes the average of a group of answers as its baseline',
    ],
    [
      'open-weights',
      /(?:weights|checkpoints)[^.]{0,50}(?:\bopen\b|released|available|published)|open[- ]weights?|веса[^.]{0,30}(?:открыт|опубликова)/iu,
      'веса открыты',
      'the weights are open',
    ],
    [
      'thinking-switch',
      /(?:switch|toggle|hybrid)[^.]{0,40}(?:thinking|reasoning)(?: mode)?/iu,
      'режим рассуждений можно включать и выключать',
      'the reasoning mode can be switched',
    ],
  ]),
];

type Row = readonly [key: string, pattern: RegExp, ru: string, en: string, isDenial?: boolean];

function of(kind: 'use' | 'measures' | 'property', rows: readonly Row[]): Term[] {
  return rows.map(([key, pattern, ru, en, isDenial = false]) => ({
    key,
    of: kind,
    pattern,
    ru,
    en,
    isDenial,
  }));
}
