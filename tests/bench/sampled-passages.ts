import { existsSync, readdirSync, readFileSync } from 'node:fs';

import { splitSentences } from '../../retrieval/text/sentences.ts';

/** All sentences of the retrieval data's passages. */
export function readSentences(folder: string): string[] {
  if (!existsSync(folder)) throw new Error(`no retrieval data at ${folder}`);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => {
      const data: { paras: { text: string }[] } = JSON.parse(
        readFileSync(`${folder}/${name}`, 'utf8'),
      );
      return data.paras.flatMap(({ text }) =>
        splitSentences(text).map((sentence) => sentence.text),
      );
    });
}

/** A text of about 120 words, of sentences picked by a sequence. */
export function sampleText(sentences: readonly string[], next: () => number): string {
  const chosen: string[] = [];
  for (let words = 0; words < 110;) {
    const sentence = pick(sentences, next);
    chosen.push(sentence);
    words += sentence.split(/\s+/u).length;
  }
  return chosen.join(' ');
}

export function pick(sentences: readonly string[], next: () => number): string {
  return sentences[Math.floor(next() * sentences.length)] ?? '';
}
