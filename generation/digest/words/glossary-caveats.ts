import type { Term } from './glossary.ts';

/** What authors warn of, each as a clause after «авторы предупреждают:». */
export const CAVEATS: readonly Term[] = (
  [
    [
      'repeats',
      /(?:may|can|might|tends? to|endless(?:ly)?)[^.]{0,30}(?:repeat|repetition|repetitive|loop)|prevent endless repetition/iu,
      'модель может зацикливаться на повторах',
      'the model may get stuck repeating itself',
    ],
    [
      'mixing',
      /language (?:mixing|switching)|mix(?:es|ing)? languages|смешивает языки/iu,
      'модель смешивает языки в ответах',
      'the model mixes languages in its answers',
    ],
    [
      'readability',
      /poor readability|hard to read|ответы трудно читать/iu,
      'ответы трудно читать',
      'the answers are hard to read',
    ],
    [
      'hallucinates',
      /hallucinat(?:e|es|ions?)\b|(?:may|can|might) (?:produce|generate) (?:inaccurate|incorrect|false|wrong)|factual(?:ly)? (?:errors|incorrect)/iu,
      'модель может выдумывать факты',
      'the model may make facts up',
    ],
    [
      'biased',
      /\b(?:bias(?:es|ed)?)\b[^.]{0,60}(?:data|output|response|content|model)?/iu,
      'модель наследует предвзятость обучающих данных',
      'the model inherits biases of its data',
    ],
    [
      'english-only',
      /(?:only|primarily|mainly|best)[^.]{0,30}\bEnglish\b[^.]{0,20}(?:only)?|\bEnglish\b(?: \p{L}+){0,2} only\b|not (?:been )?(?:tested|optimi[sz]ed|evaluated)[^.]{0,30}(?:(?:other|non-English) languages|languages other than English)/iu,
      'расчёт прежде всего на английский',
      'it is meant for English above all',
    ],
    [
      'cost-partial',
      /(?:earlier|prior|previous)[^.]{0,40}(?:experiments|research|ablations?)[^.]{0,40}(?:not (?:counted|included)|excluded)|excluding[^.]{0,60}(?:experiments|research|ablation)|предварительные опыты в эту сумму не входят/iu,
      'в сумму не входят предыдущие эксперименты',
      'earlier experiments are not in this sum',
    ],
    [
      'several-gpus',
      /(?:takes|requires|needs) (?:several|multiple|at least \p{L}+) (?:accelerators|GPUs)/iu,
      'для запуска нужно несколько ускорителей',
      'running it takes several accelerators',
    ],
    [
      'non-commercial',
      /non-?commercial (?:use|purposes|license)|research[- ]only licen[sc]e|not (?:be used )?for commercial/iu,
      'коммерческое использование запрещено',
      'commercial use is not allowed',
    ],
    [
      'gated',
      /(?:agree to|accept) (?:the )?(?:terms|conditions|licen[sc]e)[^.]{0,40}(?:access|download)|^extra_gated_\w+:|gated (?:model|repo)|^gated$/iu,
      'доступ к весам открывают после согласия с условиями',
      'access takes accepting terms',
    ],
    [
      'preview',
      /\b(?:preview|experimental|early|beta) (?:release|version|checkpoint|research)/iu,
      'это предварительная версия',
      'this is a preview version',
    ],
    [
      'safety-untested',
      /not (?:been )?(?:safety[- ](?:tuned|aligned)|aligned|moderated|filtered)|no (?:safety )?(?:alignment|guardrails|moderation)/iu,
      'модель не проходила выравнивание на безопасность',
      'the model was not aligned for safety',
    ],
    [
      'judge-needed',
      /relies on a judge model|judge[^.]{0,30}(?:bias|error|mistake)/iu,
      'оценка зависит от модели-судьи',
      'the score depends on the judge model',
    ],
  ] as const
).map(([key, pattern, ru, en]) => ({ key, of: 'caveat', pattern, ru, en, isDenial: true }));
