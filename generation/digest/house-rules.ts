import { splitSentences } from '../../retrieval/text/sentences.ts';
import type { BrokenRule, DigestPost, RuleName } from './digest-post.ts';
import { factOf, factsOf, type Fact, type FactTable, type Subject } from './fact.ts';
import { isSameAmount, NUMBER, readAmount, SCALE } from './facts/amount.ts';
import { foldName } from './facts/subject.ts';
import { figuresWithoutSource, namesWithoutSource } from './figures-borne-out.ts';
import { formOf } from './post-form.ts';
import { comparisonsOf } from './scores-of.ts';

/** Characters, counted as Telegram does. */
export const POST_LENGTH = { least: 750, most: 1100, mostOfMajor: 1900 };
export const LONGEST_TITLE = 77;
export const MOST_PARAGRAPHS = 6;

/** What is checked of a post. */
export type CheckedPost = Pick<
  DigestPost,
  'text' | 'title' | 'paragraphs' | 'links' | 'isMajor' | 'language' | 'claims' | 'generator'
>;

/** Every rule of the house that a post breaks; none for a post that may go out. */
export function checkPost(
  post: CheckedPost,
  table: FactTable,
  { now }: { now: Date },
): BrokenRule[] {
  const body = post.paragraphs.map(({ text }) => text).join('\n\n');
  return [
    ...checkForm(post, body, table.subject),
    ...checkContent(post, body, table),
    ...checkFacts(post, body, table, now),
  ];
}

function checkForm(
  { text, title, paragraphs, links, isMajor, language }: CheckedPost,
  body: string,
  { name }: Pick<Subject, 'name'>,
): BrokenRule[] {
  const broken: BrokenRule[] = [];
  const most = isMajor ? POST_LENGTH.mostOfMajor : POST_LENGTH.most;
  const { length } = text;
  if (length < POST_LENGTH.least) {
    broken.push({ rule: 'too-short', at: null, actual: length, allowed: POST_LENGTH.least });
  }
  if (length > most) broken.push({ rule: 'too-long', at: null, actual: length, allowed: most });
  if (title.text.length > LONGEST_TITLE) {
    broken.push({
      rule: 'title-too-long',
      at: title.text,
      actual: title.text.length,
      allowed: LONGEST_TITLE,
    });
  }
  const emoji = title.text.match(EMOJI)?.length ?? 0;
  if (emoji !== 1) broken.push({ rule: 'title-emoji', at: title.text, actual: emoji, allowed: 1 });
  const strayEmoji = EMOJI_ONCE.exec(body)?.[0];
  if (strayEmoji !== undefined) broken.push({ rule: 'emoji-in-text', at: strayEmoji });
  if (paragraphs.length < 1 || paragraphs.length > MOST_PARAGRAPHS) {
    broken.push({
      rule: 'paragraphs',
      at: null,
      actual: paragraphs.length,
      allowed: MOST_PARAGRAPHS,
    });
  }
  for (const paragraph of paragraphs) {
    const bullets = paragraph.text.match(/^\s*[•*–-]\s/gmu)?.length ?? 0;
    if (bullets === 1) broken.push({ rule: 'single-bullet', at: paragraph.text });
  }
  const order = links.map(({ label }) => LABELS.indexOf(label));
  const isOrdered = order.every((at, index) => index === 0 || at > (order[index - 1] ?? 0));
  const lastLine = text.slice(text.lastIndexOf('\n') + 1);
  if (
    links.length < 1 ||
    links.length > 3 ||
    !isOrdered ||
    lastLine !== links.map(({ label }) => label).join(' | ')
  ) {
    broken.push({ rule: 'links', at: lastLine });
  }
  const hashtag = /(?:^|\s)(#[\p{L}_][\p{L}\p{N}_]*)/u.exec(text)?.[1];
  if (hashtag !== undefined) broken.push({ rule: 'hashtag', at: hashtag });
  const faked = FAKED.exec(body)?.[0];
  if (faked !== undefined) broken.push({ rule: 'experience', at: faked.trim() });
  // A name is of no language.
  const words = body.replaceAll(name, ' ');
  const cyrillic = words.match(/\p{Script=Cyrillic}/gu)?.length ?? 0;
  const latin = words.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (language === 'ru' ? cyrillic < latin : cyrillic > latin) {
    broken.push({ rule: 'language', at: null });
  }
  return broken;
}

function checkContent({ paragraphs }: CheckedPost, body: string, table: FactTable): BrokenRule[] {
  const { facts, subject, conflicts } = table;
  const broken: BrokenRule[] = [];
  const missing = (rule: RuleName, at: string | null): void => void broken.push({ rule, at });
  const opening = foldName(paragraphs[0]?.text ?? '');
  if (!opening.includes(foldName(subject.name))) missing('opening', subject.name);
  const makers = [
    ...factsOf(facts, 'publisher').map(({ name }) => name),
    ...factsOf(facts, 'affiliation').flatMap(({ name }) => name.split(/,? and (?:the )?/u)),
  ];
  if (
    formOf(table) !== 'story' &&
    makers.length > 0 &&
    !makers.some((name) => opening.includes(foldName(name)))
  ) {
    missing('opening', makers[0] ?? null);
  }

  const compared = comparisonsOf(table).filter(({ others }) => others.length > 0);
  const isCompared = compared.some(({ own, others }) =>
    others.some(
      ({ score }) =>
        body.includes(score.system ?? '') &&
        hasNumber(body, score.amount.digits) &&
        hasNumber(body, own.score.amount.digits),
    ),
  );
  if (compared.length > 0 && !isCompared) missing('comparison', compared[0]?.own.quote ?? null);

  const form = formOf(table);
  const made = facts.find(
    (fact) =>
      ['training-tokens', 'training-data', 'training-samples', 'base-model'].includes(fact.kind) ||
      (fact.kind === 'term' && fact.of === 'method'),
  );
  if (
    made !== undefined &&
    form !== 'story' &&
    !/обуч|дистилл|основ[еуа]|дообуч|train|tun|distil|based on|built/iu.test(body)
  ) {
    missing('how-made', made.quote);
  }
  const price =
    factOf(facts, 'price-input') ?? factOf(facts, 'price-output') ?? factOf(facts, 'training-cost');
  if (price !== null && !/доллар|\$|₽|рубл|dollar/iu.test(body)) missing('price', price.quote);
  for (const { text } of splitSentences(body)) {
    const isPrice =
      /(?<!\p{L})(?:цен\p{L}+|price)[^.]{0,60}(?:доллар|\$|рубл)|API/iu.test(text) &&
      /доллар|\$|рубл/iu.test(text);
    if (isPrice && !/20\d\d/u.test(text)) missing('price-undated', text);
  }
  if ((form === 'model' || form === 'finetune') && !/русск|Russian/iu.test(body))
    missing('russian', null);
  const caveat = facts.find(
    (fact) => (fact.kind === 'term' && fact.of === 'caveat') || fact.kind === 'caveat-quote',
  );
  if (
    caveat !== undefined &&
    !/ограничени|предупрежда|оговор|не входят|limitation|caveat|warn|not included|not in this sum/iu.test(
      body,
    )
  ) {
    missing('limitation', caveat.quote);
  }
  for (const { kind, facts: stated } of conflicts) {
    const shown = stated.filter((fact) => isShown(fact, body));
    if (shown.length === 1 && kind !== 'score') missing('conflict', shown[0]?.written ?? null);
  }
  return broken;
}

function checkFacts(
  { title, claims, generator }: CheckedPost,
  body: string,
  table: FactTable,
  now: Date,
): BrokenRule[] {
  const whole = `${title.text}\n${body}`;
  const figures = figuresWithoutSource(whole, table.facts, { now, name: table.subject.name });
  const names = namesWithoutSource(whole, table);
  // Phrases of ours say in other words what a page says; there words alone do not decide.
  const isOurs = ({ text }: { text: string }): boolean =>
    generator === 'facts' &&
    figuresWithoutSource(text, table.facts, { now, name: table.subject.name }).length === 0;
  const unsupported = claims.filter(
    (claim) =>
      (claim.verdict === 'contradicted' || claim.verdict === 'unsupported') && !isOurs(claim),
  );
  return [
    ...[...new Set(figures)].map((at) => ({ rule: 'unsupported-figure', at }) as const),
    ...names.map((at) => ({ rule: 'unsupported-name', at }) as const),
    ...unsupported.map(({ text: at }) => ({ rule: 'unsupported-claim', at }) as const),
  ];
}

const LABELS: readonly string[] = ['GitHub', 'Huggingface', 'Paper', 'Источник', 'Source'];
const EMOJI_SOURCE = String.raw`(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F)(?:\u200D(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F?))*`;
const EMOJI = new RegExp(
  EMOJI_SOURCE.replace(
    '|\\p{Extended_Pictographic}\\uFE0F)',
    '|(?![\\d#*©®™])\\p{Extended_Pictographic}\\uFE0F?)',
  ),
  'gu',
);
const EMOJI_ONCE = new RegExp(EMOJI.source, 'u');

/** What only somebody can say who tried it, or who judges it. */
const FAKED =
  /(?<!\p{L})(?:я|мы|I|we) (?:[\p{L}]+ ){0,2}?(?:попробова\p{L}*|протестирова\p{L}*|провери(?:л|ли)|думаю|считаю|заметил\p{L}*|tried|tested|think|believe|noticed)|(?<!\p{L})(?:на мой взгляд|по-моему|по моему опыту|впечатля\p{L}+|потрясающ\p{L}+|революцион\p{L}+|невероятн\p{L}+|прорыв\p{L}*|in my (?:opinion|experience)|impressive\p{L}*|game-?changer|amazing|revolutionary|stunning|groundbreaking)/iu;

function hasNumber(text: string, digits: string): boolean {
  const written = digits.replace('.', '[.,]');
  return new RegExp(`(?<![\\d.,])${written}(?![\\d]|[.,]\\d)`, 'u').test(text);
}

function isShown(fact: Fact, body: string): boolean {
  if ('name' in fact) return body.includes(fact.name);
  if (!('amount' in fact)) return false;
  return [...body.matchAll(new RegExp(`${NUMBER}${SCALE}?`, 'gu'))].some(([, digits, scale]) => {
    const amount = readAmount(digits, scale);
    return amount !== null && isSameAmount(amount, fact.amount);
  });
}
