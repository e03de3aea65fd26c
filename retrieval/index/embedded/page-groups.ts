import type { PassageFilter } from '../passage-index.ts';

/** What a query can tell pages apart by. */
export interface PageTraits {
  scope: string;
  sourceId: string | null;
  language: string;
  publishedAt: string | null;
}

/**
 * Numbers for pages that no query can tell apart, from 1: a scan then looks at one number a passage,
 * whatever is filtered by. Days are as fine as dates go.
 */
export class PageGroups {
  readonly #numbers = new Map<string, number>();
  readonly #traits: PageTraits[] = [];

  numberOf({ scope, sourceId, language, publishedAt }: PageTraits): number {
    const day = publishedAt?.slice(0, 10) ?? null;
    const key = JSON.stringify([scope, sourceId, language, day]);
    let number = this.#numbers.get(key);
    if (number === undefined) {
      this.#traits.push({ scope, sourceId, language, publishedAt: day });
      number = this.#traits.length;
      this.#numbers.set(key, number);
    }
    return number;
  }

  traitsOf(group: number): PageTraits | undefined {
    return this.#traits[group - 1];
  }

  /** By a group's number: 1 where the query may look; 0 is the number of what is gone. */
  visible(scopes: readonly string[], filter: PassageFilter = {}): Uint8Array {
    const visible = new Uint8Array(this.#traits.length + 1);
    const { sourceIds, languages, publishedFrom } = filter;
    const from = publishedFrom?.slice(0, 10);
    for (const [at, { scope, sourceId, language, publishedAt }] of this.#traits.entries()) {
      const isSeen =
        scopes.includes(scope) &&
        (sourceIds === undefined || (sourceId !== null && sourceIds.includes(sourceId))) &&
        (languages === undefined || languages.some((wanted) => wanted === language)) &&
        (from === undefined || (publishedAt !== null && publishedAt >= from));
      if (isSeen) visible[at + 1] = 1;
    }
    return visible;
  }
}
