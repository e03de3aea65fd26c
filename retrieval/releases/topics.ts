import { analyzePassage, analyzeQuery } from '../text/analyze.ts';
import type { Release } from './release.ts';

/** Whether a release is about what words say: by their stems, in Latin or Cyrillic spelling. */
export type TopicMatcher = (topic: string) => boolean;

/** Matches the words of a topic against all that a release's appearances say. */
export function matchTopics(release: Release): TopicMatcher {
  const text = release.appearances
    .slice(0, MOST_APPEARANCES)
    .map(({ title, summary, publisher, tags }) =>
      [title, publisher ?? '', summary.slice(0, MOST_CHARACTERS), tags.slice(0, 30).join(' ')].join(
        '\n',
      ),
    )
    .join('\n');
  const { terms } = analyzePassage({ title: release.title, heading: null, text });
  const known = new Set(terms.indices);
  return (topic) => {
    const words = topic.split(/\s+/u).filter((word) => word !== '');
    return (
      words.length > 0 &&
      words.every((word) => {
        const { indices } = analyzeQuery(word).terms;
        return [...indices].some((index) => known.has(index));
      })
    );
  };
}

const MOST_APPEARANCES = 12;
const MOST_CHARACTERS = 1500;
