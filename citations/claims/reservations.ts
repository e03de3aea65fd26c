/**
 * Whether a sentence speaks of what may, will or used to be, or only of a part: two such sentences can
 * differ and both be right. Denials are left to whoever compares.
 */
export function hasReservations(sentence: string): boolean {
  return reservations.test(sentence);
}

/** Whether a sentence holds only for a time or a case that the other one does not speak of. */
export function isLimited(sentence: string, other: string): boolean {
  return limits.test(sentence) && !limits.test(other);
}

const limits =
  /(?<!\p{L})(?:когда|пока|во время|до того|после того|до|после|перед|накануне|с тех пор|в случае|при условии|без уч[её]та|с уч[её]том|только|лишь|when|while|during|before|after|since|until|unless|as of|in case|only|excluding|including)(?!\p{L})/iu;

const reservations =
  /(?<!\p{L})(?:прогноз\p{L}*|ожида\p{L}+|план(?:ир\p{L}+|у\p{L}+)|оцен(?:ива\p{L}+|к\p{L}+)|возможн\p{L}*|может|могут|будет|будут|раньше|ранее|прежде|тогда|бывш\p{L}+|кроме|если|бы|якобы|или|почти|около|примерно|приблизительно|порядка|expect\p{L}*|forecast\p{L}*|estimat\p{L}*|project(?:ed|ion)|plan(?:s|ned)|will|would|may|might|could|if|formerly|previously|once|used to|except|allegedly|or|almost|nearly|about|around|roughly|approximately)(?!\p{L})/iu;
