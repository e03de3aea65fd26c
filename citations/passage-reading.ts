import type { Passage } from '../retrieval/passage.ts';
import { splitSentences } from '../retrieval/text/sentences.ts';
import { readStatement, type Statement, type Term } from './statement.ts';

/** A passage taken apart once, to be compared with a claim. */
export interface PassageReading {
  text: string;
  sentences: Statement[];
  /** Each sentence with the next: a claim may draw on two. */
  pairs: Statement[];
  whole: Statement;
  /** Title and heading: they may name what the text speaks of. */
  context: Statement;
}

/** Reads a passage's sentences, title and heading; once for each passage, which never changes. */
export function readPassage(passage: Pick<Passage, 'text' | 'title' | 'heading'>): PassageReading {
  const known = readings.get(passage);
  if (known !== undefined) return known;
  const reading = takeApart(passage);
  readings.set(passage, reading);
  return reading;
}

const readings = new WeakMap<object, PassageReading>();

function takeApart(passage: Pick<Passage, 'text' | 'title' | 'heading'>): PassageReading {
  const sentences = splitSentences(passage.text).map(({ text }) => readStatement(text));
  const pairs = sentences.slice(1).map((next, at) => merge(sentences.slice(at, at + 1), next));
  return {
    text: passage.text,
    sentences,
    pairs,
    whole: { text: passage.text, terms: sentences.flatMap(({ terms }) => terms) },
    context: readStatement([passage.title, passage.heading ?? ''].join('. ')),
  };
}

function merge(before: readonly Statement[], next: Statement): Statement {
  const texts: string[] = [];
  const terms: Term[] = [];
  let from = 0;
  for (const { text, terms: own } of [...before, next]) {
    for (const term of own) terms.push(moveBy(from, term));
    texts.push(text);
    from += text.length + 1;
  }
  return { text: texts.join(' '), terms };
}

function moveBy(offset: number, term: Term): Term {
  if (offset === 0) return term;
  const place = { start: term.start + offset, end: term.end + offset };
  if (term.kind === 'figure') {
    const unitEnd = term.figure.unitEnd + offset;
    return { ...term, ...place, figure: { ...term.figure, ...place, unitEnd } };
  }
  if (term.kind === 'date') return { ...term, ...place, date: { ...term.date, ...place } };
  return { ...term, ...place };
}
