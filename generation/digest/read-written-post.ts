import { splitSentences } from '../../retrieval/text/sentences.ts';
import type { DraftParagraph, PostDraft, PostLine } from './digest-post.ts';
import type { Fact } from './fact.ts';

/**
 * A post that somebody wrote, as a draft: title, paragraphs, lists. `[3]` after a sentence is the third
 * of the facts. What is told apart by nothing stays in one paragraph.
 */
export function readWrittenPost(written: string, facts: readonly Fact[]): PostDraft {
  const [head = '', ...rest] = written.trim().split(/\n\s*\n|\n/u);
  const body = written.trim().slice(head.length);
  const titleLine = lineOf(head.replaceAll(/\*\*|^#+\s/gu, ''), facts);
  const emoji = LEADING_EMOJI.exec(titleLine.text)?.[0] ?? '';
  const title = { ...titleLine, text: titleLine.text.slice(emoji.length).trim() };
  const paragraphs =
    rest.length === 0 ? [] : body.split(/\n\s*\n/u).flatMap((part) => paragraphsOf(part, facts));
  return { emoji, title, paragraphs };
}

const LEADING_EMOJI = /^(?:\p{Extended_Pictographic}[\uFE0F\u200D\p{Extended_Pictographic}]*)/u;
const BULLET = /^\s*[•*–-]\s+/u;
const LINKS = /^\s*(?:GitHub|Huggingface|Hugging Face|Paper)(?:\s*\|\s*\w+)*\s*$/iu;

function paragraphsOf(part: string, facts: readonly Fact[]): DraftParagraph[] {
  const lines = part.split('\n').filter((line) => line.trim() !== '' && !LINKS.test(line));
  const first = lines.findIndex((line) => BULLET.test(line));
  if (lines.length === 0) return [];
  if (first === -1) return [{ kind: 'text', lines: sentencesOf(lines.join(' '), facts) }];
  const items = lines.slice(first).map((line) => lineOf(line.replace(BULLET, ''), facts));
  const before = lines.slice(0, first).join(' ');
  if (before !== '') return [{ kind: 'bullets', lead: lineOf(before, facts), items }];
  const text = items.map((item) => ({ ...item, text: `• ${item.text}` }));
  return [{ kind: 'text', lines: text }];
}

/** A sentence with the markers that follow it. */
function sentencesOf(text: string, facts: readonly Fact[]): PostLine[] {
  return splitSentences(text.replaceAll(/([.!?»])\s*((?:\[\d{1,3}\]\s*)+)/gu, ' $2$1 ')).map(
    (sentence) => lineOf(sentence.text, facts),
  );
}

function lineOf(text: string, facts: readonly Fact[]): PostLine {
  const numbers = [...text.matchAll(/\[(\d{1,3})\]/gu)].map(([, number]) => Number(number));
  const cited = [...new Set(numbers)].flatMap((number) => facts[number - 1] ?? []);
  const plain = text
    .replaceAll(/\s*\[\d{1,3}\]/gu, '')
    .replaceAll(/\s+([.,;:!?])/gu, '$1')
    .replaceAll(/\*\*|__|`/gu, '')
    // A space that does not break is meant.
    .replaceAll(/[^\S\u00A0\u202F]+/gu, ' ')
    .trim();
  return { text: plain, facts: cited, weight: 1 };
}
