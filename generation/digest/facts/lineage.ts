import type { Fact, NameKind, Subject } from '../fact.ts';
import type { SourcePage } from '../source-page.ts';
import { found } from './parameters.ts';
import type { PageStatement } from './statements.ts';
import { foldName, isSaidOf } from './subject.ts';

/** Bases of a card's head: `base_model: Qwen/Qwen2.5-3B-Instruct`. */
export function readStatedBases(page: SourcePage, subject: Subject): Fact[] {
  const stated = page.frontMatter.values.get('base_model') ?? [];
  return stated.flatMap(({ text, line }) => {
    const name = text.slice(text.lastIndexOf('/') + 1);
    if (foreignTo(subject, name) === null) return [];
    return [found({ kind: 'base-model', name }, text, { text: line, page })];
  });
}

/** What a release was made from and for, who made it, and what it runs on. */
export function readLineage(statement: PageStatement, subject: Subject): Fact[] {
  const { text } = statement;
  const facts: Fact[] = [];
  for (const { kind, patterns } of RULES) {
    // What was distilled from the release has bases of its own.
    if (kind === 'base-model' && /distilled from|дистилл/iu.test(text)) continue;
    if (kind === 'base-model' && !isSaidOf(subject, statement, 0)) continue;
    for (const match of patterns.flatMap((pattern) => [...text.matchAll(pattern)])) {
      for (const name of listed(match[1] ?? '')) {
        if (kind !== 'engine' && kind !== 'affiliation' && foreignTo(subject, name) === null)
          continue;
        if (facts.some((fact) => fact.kind === kind && 'name' in fact && fact.name === name))
          continue;
        facts.push(found({ kind, name }, match[0], statement));
      }
    }
  }
  return facts;
}

const NAME = String.raw`((?:[A-Z]|[a-z]+[A-Z])[\w.+]*(?:[-/][\w.]+)*(?: \d+(?:\.\d+)?[BM]?(?![\w%]))?)`;
const ORGANISATION = String.raw`([A-Z][\w&.-]*(?:(?: and | of | in | for |, | )(?:the )?[A-Z][\w&.-]*)*)`;

const RULES: readonly { kind: NameKind; patterns: readonly RegExp[] }[] = [
  {
    kind: 'base-model',
    patterns: [
      `(?:fine-?tuned (?:version )?(?:from|of|on top of)|finetune of|based on(?: top of)?|built (?:on top of|upon|on)|initiali[sz]ed from|starts? from|derived from|continued? (?:pre-?training )?(?:from|of)) (?:the )?${NAME}(?=[\\s.,;)]|$)(?! (?:architecture|framework|library|stack|dataset|benchmark|series of papers))`,
      `(?:дообуч(?:ена|или|ил|ен)|сделали|построена|на основе|на базе)(?: из| на базе| на основе)? ${NAME}(?=[\\s.,;)]|$)`,
    ].map((source) => new RegExp(source, 'gu')),
  },
  {
    kind: 'base-family',
    patterns: [`(?:built|based) on [^.;]{0,60}?of the ${NAME} (?:family|series)`].map(
      (source) => new RegExp(source, 'gu'),
    ),
  },
  {
    kind: 'draft-for',
    patterns: [
      `draft(?:ing)? model for (?:the )?${NAME}`,
      `черновой модел\\p{L}* (?:для|у) ${NAME}`,
      `черновую модель для ${NAME}`,
    ].map((source) => new RegExp(source, 'gu')),
  },
  {
    kind: 'adapted-from',
    patterns: [
      `(?:adaptation|translation|localization) of (?:the )?${NAME}`,
      `основой послужил[аи]? (?:[а-яё]+ )?${NAME}`,
    ].map((source) => new RegExp(source, 'gu')),
  },
  {
    kind: 'judge',
    patterns: [
      `judge(?: model)? (?:such as|like|is|:) ${NAME}`,
      `(?:judged|rated|scored|graded) by ${NAME}`,
      `судья,? (?:например,?|такой как) ${NAME}`,
    ].map((source) => new RegExp(source, 'gu')),
  },
  {
    kind: 'engine',
    patterns: [
      /(?<![\w./-])(vLLM|SGLang|LMDeploy|TensorRT-LLM|llama\.cpp|Ollama|MLX|TGI|ExLlamaV2|KTransformers)(?![\w./-])/gu,
    ],
  },
  {
    kind: 'affiliation',
    patterns: [
      new RegExp(`(?:work|paper|model|team)s? (?:comes|come|is|are) from ${ORGANISATION}`, 'gu'),
    ],
  },
  {
    kind: 'publisher',
    patterns: [
      new RegExp(
        `(?:released|developed|published|created|trained|built|made) by (?:the )?${ORGANISATION}(?= (?:in|on|under|and|as|for|with)\\b|[.,;]|$)`,
        'gu',
      ),
      /(?:опубликовала|выпустила|разработала|представила) (?:компания|команда) ([A-Z][\w-]*(?:[ -][A-Z][\w-]*)*)/gu,
      /(?:Компания|Команда) ([A-Z][\w-]*)(?= [^.]{0,60}(?:опубликова|выпусти|представи|откры))/gu,
    ],
  },
];

function foreignTo(subject: Subject, name: string): string | null {
  // A base may share all of the name but its last word.
  const isSelf = subject.aliases.includes(foldName(name));
  return name.length >= 2 && !isSelf && !NO_BASE.test(name) ? name : null;
}

/** What things are «based on» that are no model. */
const NO_BASE =
  /^(?:Transformers?|PyTorch|JAX|GPU|TPU|RL|SFT|DPO|GRPO|PPO|RLHF|MoE|FP8|BF16|Python|Apache|MIT|Group|Hugging|GitHub|The|This|Our|It|We|A|An|In|Reinforcement)$/u;

/** «Qwen and Llama» are two. */
function listed(written: string): string[] {
  return [written.replace(/[.,;]+$/u, '')].filter((name) => name !== '');
}
