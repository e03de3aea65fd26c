/** The claim with one verb denied, or with its denial taken away; null where no verb is sure. */
export function turnPolarity(
  claim: string,
  language: 'ru' | 'en',
  random: () => number,
): string | null {
  const denied = [...claim.matchAll(language === 'ru' ? denialRussian : denialEnglish)];
  const asserted = [...claim.matchAll(language === 'ru' ? verbRussian : verbEnglish)];
  const places = denied.length > 0 && random() < 0.5 ? denied : asserted;
  const place = places[Math.floor(random() * places.length)];
  if (place === undefined) return null;
  const { index } = place;
  const [found] = place;
  if (places === denied) return claim.slice(0, index) + claim.slice(index + found.length);
  return language === 'ru'
    ? `${claim.slice(0, index)}не ${claim.slice(index)}`
    : `${claim.slice(0, index + found.length)} not${claim.slice(index + found.length)}`;
}

const denialEnglish = / (?:not|never)(?= \p{Ll})(?! only)/gu;
const verbEnglish =
  /(?<= )(?:is|are|was|were|has|have|had|can|could|will|would|may|might|should|must)(?= \p{Ll})(?! (?:not|never|no|only)\b)/gu;
const denialRussian = /(?<=\p{L} )не (?=\p{Ll})(?!только|менее|более|меньше|больше|просто)/gu;
// Forms that are hardly anything but verbs.
const verbRussian =
  /(?<=[\p{L}\d)»,] )(?<!(?:не|ни|бы|без) )(?:(?:является|являются|имеет|имеют|может|могут|был|была|было|были|стал|стала|стали|находится|находятся|состоит|состоят|считается|считаются|получил|получила|получили|начал|начали|основал|написал|вошёл|вошел|вошла|вошли|умер|родился)|\p{Ll}{3,}(?:лся|лась|лось|лись))(?![\p{L}-])/gu;
