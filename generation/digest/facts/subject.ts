import type { Release } from '../../../retrieval/releases/release.ts';
import type { Subject } from '../fact.ts';
import { isStopWord } from '../../../retrieval/text/stop-words.ts';
import type { SourcePage } from '../source-page.ts';
import type { PageStatement } from './statements.ts';

/** What a release is called, and the names that its pages may call it by. */
export function subjectOf(release: Release): Subject {
  const titles = release.appearances
    .filter(({ kind }) => kind === release.kind)
    .map(({ title }) => title);
  const shown = nameOf(release.title, release.kind);
  const names = [shown, release.title, ...titles.map((title) => nameOf(title, release.kind))];
  for (const model of release.appearances.filter(({ kind }) => kind === 'model')) {
    names.push(model.title.slice(model.title.lastIndexOf('/') + 1));
  }
  const aliases = [...new Set(names.map(foldName))].filter((name) => name.length >= 2);
  const isDataset = release.links.huggingface?.includes('/datasets/') === true;
  const known = release.appearances.map(({ title }) => foldName(title));
  const kind = isDataset ? 'dataset' : release.kind;
  return { name: shown, aliases, titles: known, kind };
}

/**
 * As its own pages spell it: a hub's names have no spaces and no dots where titles have some, and a
 * long name may have a short one in brackets.
 */
export function spelled(subject: Subject, pages: readonly SourcePage[]): Subject {
  const folded = foldName(subject.name);
  for (const { blocks, title } of pages) {
    const headings = blocks.filter(({ kind }) => kind === 'heading').map(({ text }) => text);
    const name = [title, ...headings].find(
      (line) => line.length <= 60 && foldName(line) === folded,
    );
    if (name !== undefined && !name.includes('/') && name !== subject.name)
      return { ...subject, name };
    for (const { text } of blocks.slice(0, 40)) {
      const short = shortName(text, subject.name);
      if (short === null) continue;
      return { ...subject, name: short, aliases: [foldName(short), ...subject.aliases] };
    }
  }
  return subject;
}

/** «COCONUT (Chain of Continuous Thought)», and the other way round. */
function shortName(text: string, name: string): string | null {
  const at = text.indexOf(name);
  if (at === -1 || !name.includes(' ')) return null;
  const before = /([A-Z][A-Za-z\d-]{2,20}) \($/u.exec(text.slice(0, at))?.[1];
  const after = /^ \(([A-Z][A-Za-z\d-]{2,20})\)/u.exec(text.slice(at + name.length))?.[1];
  return (text[at + name.length] === ')' ? before : undefined) ?? after ?? null;
}

/** Whether a page is about the release, and not about what it was made from or is compared with. */
export function isPageOf({ role, title, address }: SourcePage, subject: Subject): boolean {
  if (role === 'config' || role === 'listing' || role === 'post') return true;
  if (subject.titles.includes(foldName(title))) return true;
  const names = [title, title.split(/:\s/u)[0] ?? '', title.slice(title.lastIndexOf('/') + 1)];
  if (role !== 'paper') names.push(...address.split(/[/?#]/u).slice(-1));
  if (names.some((name) => isSubject(name.replace(/\s+(?:technical )?report$/iu, ''), subject)))
    return true;
  const folded = ` ${title.toLowerCase()} `;
  // A paper whose title names nothing is the release's own when it is all that there is of it.
  return role === 'paper' && subject.kind === 'paper' && !folded.includes(':');
}

/** Letters and digits alone, in lower case: `DeepSeek-V3` and `DeepSeek V3` are one. */
export function foldName(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** Whether a name as written is the release's own, or a kind of it that shares its figures. */
export function isSubject(name: string, { aliases }: Subject): boolean {
  const folded = foldName(name.replace(/\([^)]*\)/gu, ''));
  if (folded === '') return false;
  return aliases.some(
    (alias) => folded === alias || ownKind(folded, alias) || ownKind(alias, folded),
  );
}

/** Names of models and systems that stand in a text, with where they begin. */
export function namesIn(text: string): { name: string; start: number; end: number }[] {
  const found: { name: string; start: number; end: number }[] = [];
  for (const match of [...text.matchAll(NAME), ...text.matchAll(NUMBERED_NAME)]) {
    const [name] = match;
    if (NO_SYSTEM.test(name) || isStopWord(name.split(' ')[0]?.toLowerCase() ?? '')) continue;
    const end = match.index + name.length;
    if (found.some((other) => match.index < other.end && other.start < end)) continue;
    found.push({ name, start: match.index, end });
  }
  return found.toSorted((one, other) => one.start - other.start);
}

/**
 * Whether what stands at a place of a sentence is said of the release: the last name before it is its
 * own, or there is none, and neither does a pronoun point at another one.
 */
export function isSaidOf(
  subject: Subject,
  { text, carried, isOfPage }: Pick<PageStatement, 'text' | 'carried' | 'isOfPage'>,
  at: number,
): boolean {
  const own = aliasesIn(text, subject);
  // On a page about something else only a sentence that names the release speaks of it.
  if (
    !isOfPage &&
    own.length === 0 &&
    !namesIn(text).some(({ name }) => isSubject(name, subject))
  ) {
    return false;
  }
  const names = [...namesIn(text), ...own].toSorted(
    (one, other) => one.start - other.start || one.end - other.end,
  );
  const ahead = names.filter(({ start, end }) => start < at && end <= at);
  // «X differs from Y in …» goes on about X, but "unlike Y, which has …" is about Y.
  const telling = ahead.filter(
    ({ start, end }, index) =>
      index === 0 ||
      !BESIDE.test(text.slice(Math.max(0, start - 20), start)) ||
      RELATIVE.test(text.slice(end, at)),
  );
  const before = telling.at(-1);
  if (before !== undefined) return isSubject(before.name, subject);
  if (HELPER.test(text.slice(0, at))) return false;
  return carried === null || isSubject(carried, subject);
}

const BESIDE = /(?:from|than|unlike|over|compared (?:to|with)|versus|vs\.?|от|чем)\s$/iu;

const RELATIVE = /^\s*(?:,\s*)?(?:\(|which|that|whose|with|котор\p{L}+)[^,;]*$/u;

/** A model that took part in the making of the one that a page is about. */
const HELPER =
  /(?<!\p{L})(?:an?|another|the|separate|smaller|larger)\s(?:\p{L}+[\s-]){0,2}?(?:reward|teacher|student|judge|critic|draft|verifier|baseline|proxy|auxiliary)[\s-](?:language[\s-])?(?:model|network)|модел\p{L}+(?:-(?:учител|судь|критик)\p{L}+|\s(?:вознаграждения|награды))/iu;

/** Its name where it stands alone: inside a longer one it is another's. */
function aliasesIn(
  text: string,
  { name }: Subject,
): { name: string; start: number; end: number }[] {
  const found: { name: string; start: number; end: number }[] = [];
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    const end = at + name.length;
    const isAlone =
      !/[\p{L}\p{N}]$/u.test(text.slice(0, at)) &&
      !/^(?:[\p{L}\p{N}]|[-_.][\p{L}\p{N}])/u.test(text.slice(end));
    if (isAlone) found.push({ name, start: at, end });
  }
  return found;
}

function ownKind(longer: string, shorter: string): boolean {
  if (shorter.length < 3 || !longer.startsWith(shorter)) return false;
  return /^(?:instruct|chat|base|preview|it|model|ours|\d{1,4}[bmt])+$/u.test(
    longer.slice(shorter.length),
  );
}

/** The owner goes, and of a paper's title what stands before the colon or the word for a report. */
function nameOf(title: string, kind: Release['kind']): string {
  const bare = kind === 'model' ? title.slice(title.lastIndexOf('/') + 1) : title;
  if (kind === 'model') return bare.replaceAll('_', ' ').trim();
  const [head = bare] = bare.split(/:\s/u);
  const name = head.replace(/\s+(?:technical report|tech report|report|model card)$/iu, '').trim();
  if (kind === 'post') {
    const announced = ANNOUNCED.exec(title)?.[1];
    if (announced !== undefined) return announced;
    // A headline is about the first name in it.
    return (
      namesIn(title)[0]?.name ?? (head.length < bare.length && head.length <= 40 ? head : bare)
    );
  }
  return name.length <= 60 && name !== '' ? name : bare;
}

const ANNOUNCED =
  /^(?:introducing|announcing|meet|presenting|представляем|встречайте)\s+([^:,–—]{2,60})/iu;

// A word with a digit or a capital inside, and a version or size set apart from it.
const NAME =
  /(?<![\p{L}\p{N}$.-])(?:[A-Z][A-Za-z]*[-.]?[vV]?\d[\w.]*(?:-[\w.]+)*|[A-Z][A-Za-z]*(?:-[A-Z0-9][\w.]*)+|[A-Za-z]*[a-z][A-Z][A-Za-z]*(?:-[A-Z][\w.]*|[- ]?[vV]?\d[\w.]*)*)(?: (?:\d+(?:\.\d+)?[BM]|[vV]?\d(?:\.\d+)?)(?![\w%]))?/gu;

// "Wren 2 was trained": a capital word and a number, with a verb or a sign that ends it behind them.
const NUMBERED_NAME =
  /(?<![\p{L}\p{N}$.-])[A-Z][a-z]{2,}[A-Za-z]* [vV]?\d{1,2}(?:\.\d{1,2})?(?: \d+(?:\.\d+)?[BM])?(?=$|[.,;:)](?!\d)|['’]s|\s(?:was|were|is|are|has|have|had|does|did|can|uses?|used|needs?|saw|gets?|got|reach\p{L}*|achiev\p{L}*|scor\p{L}*|by|on|in|at|with|for|to|from|as|and|or|than|which|that|while|but|[а-яё(—–]))/gu;

/** What looks like a name of a system and is none: units, number formats, chips, licences, tasks. */
const NO_SYSTEM =
  /^(?:FP\d+|BF16|INT\d+|NF4|E\d|[AHBVLT]\d{2,3}s?|RTX|TPU\S*|GPU\S*|CPU\S*|Apache\S*|CC-?BY\S*|GPL\S*|LGPL\S*|AGPL\S*|BSD\S*|MIT|RL-\S+|MoE|RoPE|YaRN|LoRA|QLoRA|SwiGLU|LaTeX|JSON|[A-Z]-\S+|GitHub|arXiv|HuggingFace|PyTorch|JavaScript|TypeScript|ChatML|OpenAI|MMLU\S*|GSM\S*|AIME\S*|MATH\S*|GPQA\S*|HumanEval\S*|MBPP\S*|IFEval\S*|BBH|ARC\S*|SWE\S*|MTEB\S*|LiveCodeBench\S*|TruthfulQA|HellaSwag|WinoGrande|TriviaQA|MT-Bench|C-Eval|CMMLU|AlpacaEval\S*|Arena-Hard\S*|Top-\S+|Pass\S*|Safetensors|DeepSpeed|Multi-\S+|Long-\S+|Self-\S+|Pre-\S+|Post-\S+|Mixture-\S+|State-\S+|Open-[a-z]\S*|Fine-\S+|(?:Table|Figure|Fig|Section|Step|Phase|Stage|Version|Top|Part|Chapter|Appendix|Python|Node|Java|Ubuntu|Windows|Android|Layer|Level|Tier|Group|Equation|Algorithm|Experiment|Question|Task|Example|Round|Turn|Epoch|Day|Week|Release|January|February|March|April|May|June|July|August|September|October|November|December|About|Around|Nearly|Almost) \S.*)$/u;
