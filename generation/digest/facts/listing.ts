import type { Fact, Subject } from '../fact.ts';
import type { SourcePage } from '../source-page.ts';
import { licenceName } from './licence.ts';
import { found } from './parameters.ts';
import { foldName } from './subject.ts';

/** What a service lists beside a release: who published it, its licence, bases and languages. */
export function readListing(page: SourcePage, subject: Subject): Fact[] {
  if (page.role !== 'listing') return [];
  return page.blocks.flatMap(({ kind, text }): Fact[] => {
    if (kind !== 'list-item') return [];
    const quoted = { text, page };
    const [, publisher] = /^publisher: (.+)$/u.exec(text) ?? [];
    if (publisher !== undefined) {
      return [
        found({ kind: 'publisher', name: organisationName(publisher, subject) }, publisher, quoted),
      ];
    }
    const [, licence] = /^license:(.+)$/u.exec(text) ?? [];
    if (licence !== undefined && licence !== 'other') {
      return [found({ kind: 'licence', name: licenceName(licence) }, licence, quoted)];
    }
    const [, relation, base] = /^base_model: (finetune|unknown): .*?([^/]+)$/u.exec(text) ?? [];
    if (base !== undefined && relation !== undefined && !isOwn(base, subject)) {
      return [found({ kind: 'base-model', name: base }, base, quoted)];
    }
    if (/^(?:ru|en|zh)$/u.test(text))
      return [found({ kind: 'language', name: text }, text, quoted)];
    return [];
  });
}

/** The chat version of a release is made from its base version: both are the release. */
function isOwn(base: string, { name, aliases }: Subject): boolean {
  const folded = foldName(base);
  return aliases.includes(folded) || folded.startsWith(foldName(name));
}

/** `acme-ai` is Acme where its release is called Acme-7B: an account is not always a name. */
function organisationName(account: string, { name }: Subject): string {
  const bare = account.replace(/[-_](?:ai|org|team|labs?|hq|community|research)$/iu, '');
  const brand = /^\p{L}+/u.exec(name)?.[0] ?? '';
  return foldName(bare) === foldName(brand) ? brand : account;
}
