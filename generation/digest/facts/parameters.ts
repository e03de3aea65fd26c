import { isSetAside } from '../../../citations/claims/set-aside.ts';
import type { Fact, FactStatement, Subject } from '../fact.ts';
import { NUMBER, readAmount, SCALE } from './amount.ts';
import type { PageStatement } from './statements.ts';
import { isSaidOf } from './subject.ts';

/** Parameters in total, those that work on each token, and the sizes of a family. */
export function readParameters(statement: PageStatement, subject: Subject): Fact[] {
  const { text } = statement;
  if (statement.kind === 'line') return [];
  const sizes = readSizes(statement);
  if (sizes !== null) return [sizes];
  const facts: Fact[] = [];
  const taken: [number, number][] = [];
  const read = (kind: 'parameters' | 'active-parameters', patterns: readonly RegExp[]): void => {
    for (const pattern of patterns) {
      for (const match of text.matchAll(pattern)) {
        const at = match.index;
        const end = at + match[0].length;
        if (taken.some(([from, to]) => at < to && from < end)) continue;
        if (!isSaidOf(subject, statement, at) || IS_OTHER.test(text.slice(end, end + 16))) continue;
        if (/(?:\bto|[-–]|до)\s*$/iu.test(text.slice(0, at))) continue;
        if (/non-?embedding|неэмбеддинг/iu.test(match[0])) continue;
        const amount = readAmount(match[1], match[2], { before: text.slice(0, at) });
        if (amount === null || amount.value < 1e6 || amount.value > 1e14) continue;
        // «671 миллиард, а не 617»: what is named to be denied is no claim.
        if (isSetAside(match[0], text) || isMistake(text, end)) continue;
        taken.push([at, end]);
        facts.push(found({ kind, amount }, match[0], statement));
      }
    }
  };
  read('active-parameters', ACTIVE);
  read('parameters', TOTAL);
  return facts;
}

const AMOUNT = `${NUMBER}${SCALE}`;
const WORDS = String.raw`[\s-]*(?:(?:of|in|total|trainable|model|learnable|weight|the|its|which|are|is|only|and)[\s-]+){0,4}`;

const ACTIVE = [
  `${AMOUNT}${WORDS}(?:active|activated)(?:[\\s-]+param\\p{L}*)?(?:[\\s-]+(?:for|per|on) (?:each |every )?token)?`,
  `(?:activat(?:es|ing)|active|activated)(?:[\\s-]+param\\p{L}*)?[\\s:|–—-]+(?:only |is |are |about |around |roughly )*${AMOUNT}(?:[\\s-]+param\\p{L}*)?`,
  `${AMOUNT}(?:[\\s-]+параметр\\p{L}*)?[\\s-]+активн\\p{L}+`,
  `активн\\p{L}+(?:\\s+(?:параметр\\p{L}*|на|каждом|каждый|токен\\p{L}*|около|[—–:-]))*\\s+${AMOUNT}`,
  `(?:на (?:каждый )?токен\\s+)(?:работа\\p{L}+|приходится|активн\\p{L}+)\\s+(?:только |около |лишь |примерно )?${AMOUNT}`,
].map((source) => new RegExp(source, 'giu'));

const TOTAL = [
  `${AMOUNT}[\\s-]*(?:(?:total|trainable|model|learnable|dense)[\\s-]+){0,2}param\\p{L}*(?:[\\s-]+in total)?`,
  `${AMOUNT}[\\s-]+(?:in )?total(?=\\s|[,./;)]|$)`,
  `(?:total |model |number of |# ?(?:of )?)?(?:param(?:eter)?s?(?: count)?|model size|params)(?: \\(total\\))?[\\s:|=–—-]+(?:is |are |about |approximately )?${AMOUNT}(?!\\s*(?:token|токен))`,
  `${AMOUNT}\\s+(?:обучаемых )?параметр\\p{L}*`,
  `(?:число |количество )?параметр\\p{L}*[\\s:|=–—-]+${AMOUNT}`,
  `(?:a|an|the)\\s+${AMOUNT}[\\s-]+(?:\\p{L}+[\\s-]+){0,3}(?:model|LLM|transformer)`,
].map((source) => new RegExp(source, 'giu'));

/** «617 миллиардов параметров — опечатка». */
function isMistake(text: string, end: number): boolean {
  return /^[^.;]{0,30}(?:опечатк|ошибк|неверн|typo|mistake|wrong|error)/iu.test(text.slice(end));
}

/** «37B … of experts» counts something else. */
const IS_OTHER = /^\s*(?:tokens?|токен|samples|examples|images|hours|non-embed)/iu;

/** «with 1.5B, 7B, 8B and 70B parameters»: a family, each of which has a size of its own. */
function readSizes(statement: PageStatement): Fact | null {
  const { text } = statement;
  const match = SIZES.exec(text);
  if (match === null) return null;
  const list = match[1] ?? match[2] ?? '';
  const parts = [...list.matchAll(PART)];
  const last = parts.findLast(([, , scale]) => scale !== undefined)?.[2];
  const amounts = parts.flatMap(([, digits, scale]) => readAmount(digits, scale ?? last) ?? []);
  const distinct = new Set(amounts.map(({ value }) => value));
  if (distinct.size < 3 || amounts.some(({ value }) => value < 1e6)) return null;
  const of = /distill|дистилл/iu.test(text) ? 'distilled' : 'family';
  return found({ kind: 'sizes', amounts, of }, match[0], statement);
}

const ONE = `\\d+(?:[.,]\\d+)?${SCALE.replace('(K', '(?:K')}?`;
const SIZES = new RegExp(
  `(?:(${ONE}(?:(?:,\\s+|,?\\s+(?:and|or|и|или)\\s+)${ONE}){2,12})[\\s-]+(?:(?:total|model)[\\s-]+)?(?:param\\p{L}*|параметр\\p{L}*))|(?:(?:sizes|размер\\p{L}*)[:\\s–—-]+(${ONE}(?:(?:,\\s+|,?\\s+(?:and|or|и|или)\\s+)${ONE}){2,12}))`,
  'iu',
);
const PART = new RegExp(`(\\d+(?:[.,]\\d+)?)${SCALE}?`, 'giu');

/** A fact of a statement; its quote is the whole statement. */
export function found(
  stated: FactStatement,
  written: string,
  { text, page }: Pick<PageStatement, 'text' | 'page'>,
): Fact {
  return { ...stated, written: written.trim(), quote: text, address: page.address };
}
