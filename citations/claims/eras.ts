import type { Figure } from '../figures.ts';

/**
 * Makes years and centuries before our era negative, their era a part of them: «753 году до н. э.»,
 * "753 BC". What a range leaves unsaid of its beginning goes for it too: «с 264 по 146 год до н. э.»
 */
export function withEras(figures: readonly Figure[], text: string): Figure[] {
  const eras = [...text.matchAll(era)];
  if (eras.length === 0) return [...figures];
  const dated = figures.map((figure) => ({ ...figure }));
  for (const match of eras) {
    const end = match.index + match[0].length;
    const isBefore = match.groups?.['before'] !== undefined;
    let at = dated.findLastIndex((figure) => figure.end <= match.index);
    let reach = match.index;
    let last = end;
    while (at >= 0) {
      const figure = dated[at];
      if (figure === undefined || !joint.test(text.slice(figure.end, reach))) break;
      if (figure.unit !== 'century') figure.unit = 'year';
      if (isBefore) figure.values = figure.values.map((value) => -Math.abs(value));
      figure.noun = null;
      if (last === end) [figure.end, figure.unitEnd] = [end, end];
      reach = figure.start;
      last = figure.end;
      at -= 1;
      if (!isRange.test(text.slice(dated[at]?.end, reach))) break;
    }
  }
  return dated;
}

const era =
  /(?<![\p{L}\p{N}])(?:(?<before>до\s+(?:н\.?\s?э(?!\p{L})\.?|нашей\s+эры|рождества\s+христова|р\.\s?х\.)|B\.?C\.?(?:E\.?)?(?!\p{L}))|н\.\s?э(?!\p{L})\.?|нашей\s+эры|(?:C\.?E|A\.?D)(?!\p{L})\.?)/gu;
const range = String.raw`\s*(?:[-–—]|по|до|и|to|and|until)\s*`;
const joint = new RegExp(
  String.raw`^\s?(?:год[а-я]*|гг?\.?|век[а-я]*|вв?\.?|centur(?:y|ies))?(?:\s|${range}|$)$`,
  'u',
);
const isRange = new RegExp(String.raw`^(?:\s?(?:год[а-я]*|гг?\.?))?${range}$`, 'u');
