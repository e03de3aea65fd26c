import type { Fact, Subject } from '../fact.ts';
import type { SourcePage } from '../source-page.ts';
import { found } from './parameters.ts';
import type { PageStatement } from './statements.ts';
import { isSaidOf } from './subject.ts';

/** A licence as its holders write it, from a card's head: an own one has a name or says nothing. */
export function readStatedLicences(page: SourcePage): Fact[] {
  const { values } = page.frontMatter;
  const stated = values.get('license') ?? [];
  const named = values.get('license_name') ?? [];
  return stated.flatMap(({ text, line }) => {
    const own = /^(?:other|unknown)$/iu.test(text) ? named[0] : { text, line };
    if (own === undefined) return [];
    const quoted = { text: own.line, page };
    return [found({ kind: 'licence', name: licenceName(own.text) }, own.text, quoted)];
  });
}

/** Licences that a text says the release is under. */
export function readLicences(statement: PageStatement, subject: Subject): Fact[] {
  const { text } = statement;
  if (!/licen[sc]|лиценз/iu.test(text)) return [];
  const facts: Fact[] = [];
  for (const match of text.matchAll(LICENCE)) {
    const around = text.slice(Math.max(0, match.index - 60), match.index + match[0].length + 30);
    if (!/licen[sc]|лиценз/iu.test(around) || !isSaidOf(subject, statement, match.index)) continue;
    // «The code is MIT, the weights …»: what is not the weights' own says nothing of them.
    if (/\b(?:code|repository|dataset|data)\b[^.;,]{0,40}$/iu.test(text.slice(0, match.index))) {
      if (!/\b(?:weights?|models?)\b[^.;,]{0,60}$/iu.test(text.slice(0, match.index))) continue;
    }
    facts.push(found({ kind: 'licence', name: licenceName(match[0]) }, match[0], statement));
  }
  return facts;
}

/** `apache-2.0` as people write it: Apache 2.0. */
export function licenceName(written: string): string {
  const folded = written
    .toLowerCase()
    .replaceAll(/[\s_-]+/gu, '-')
    .replace(/-licen[sc]e$/u, '');
  const known = NAMES.find(([pattern]) => pattern.test(folded));
  if (known !== undefined) return known[1];
  if (folded.startsWith('cc-by')) {
    const [, kinds = '', version] =
      /^cc-((?:by|nc|sa|nd)(?:-(?:by|nc|sa|nd))*)(?:-(\d\.\d))?$/u.exec(folded) ?? [];
    if (kinds !== '')
      return `CC ${kinds.toUpperCase()}${version === undefined ? '' : ` ${version}`}`;
  }
  return written;
}

const NAMES: readonly [RegExp, string][] = [
  [/^mit$/u, 'MIT'],
  [/^apache(?:-?2(?:\.0)?)?$/u, 'Apache 2.0'],
  [/^apache-2\.0$/u, 'Apache 2.0'],
  [/^bsd-3-clause$/u, 'BSD 3-Clause'],
  [/^a?gpl/u, 'GPL'],
  [/^llama-?(\d[\d.]*)(?:-community)?$/u, 'Llama Community License'],
  [/^gemma$/u, 'Gemma Terms of Use'],
  [/^(?:open)?rail(?:-m)?$/u, 'OpenRAIL'],
  [/^cc0(?:-1\.0)?$/u, 'CC0 1.0'],
];

const LICENCE =
  /(?<![\p{L}\p{N}])(?:MIT|Apache(?:[ -]License)?(?:,? (?:v(?:ersion )?)?|-)2\.0|BSD[- ]3[- ]Clause|CC[- ]BY(?:-(?:NC|SA|ND))*(?:[- ]\d\.\d)?|CC0(?:[- ]1\.0)?|OpenRAIL(?:-M)?)(?![\p{L}\p{N}])/gu;
