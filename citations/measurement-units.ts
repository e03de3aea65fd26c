/**
 * One name for every way of writing a unit, or null when the word measures nothing that is known:
 * «долларов», "dollars" and "$" are `usd`. Takes folded words and signs.
 */
export function measurementUnit(word: string): string | null {
  return units.find(([, pattern]) => pattern.test(word))?.[0] ?? null;
}

const units: [string, RegExp][] = [
  ['percent', /^(?:%|٪|процент(?!н)[а-я]*|percent|pct)$/u],
  ['usd', /^(?:\$|usd|доллар[а-я]*|dollars?)$/u],
  ['eur', /^(?:€|eur|евро|euros?)$/u],
  ['gbp', /^(?:£|gbp|фунт[а-я]*|pounds?)$/u],
  ['rub', /^(?:₽|rub|руб|рубл[а-я]*|rubles?|roubles?)$/u],
  ['cny', /^(?:cny|yuan|юан[а-я]*|rmb)$/u],
  ['jpy', /^(?:¥|jpy|yen|иен[а-я]*|йен[а-я]*)$/u],
  ['km', /^(?:км|километр[а-я]*|km|kms|kilomet(?:er|re)s?)$/u],
  ['cm', /^(?:см|сантиметр[а-я]*|cm|centimet(?:er|re)s?)$/u],
  ['mm', /^(?:мм|миллиметр[а-я]*|mm|millimet(?:er|re)s?)$/u],
  ['m', /^(?:м|метр(?:а|ов|ах|ам|ами|ы)?|m|met(?:er|re)s?)$/u],
  ['mile', /^(?:миль|мил[яиею]|miles?|mi)$/u],
  ['foot', /^(?:фут[а-я]*|feet|foot|ft)$/u],
  ['kg', /^(?:кг|килограмм[а-я]*|kg|kgs|kilograms?)$/u],
  ['tonne', /^(?:тонн[а-я]*|tons?|tonnes?)$/u],
  ['celsius', /^(?:°c|°с|°|градус[а-я]*|degrees?)$/u],
  ['kb', /^(?:кб|kb|kib|килобайт[а-я]*|kilobytes?)$/u],
  ['mb', /^(?:мб|mb|mib|мегабайт[а-я]*|megabytes?)$/u],
  ['gb', /^(?:гб|gb|gib|гигабайт[а-я]*|gigabytes?)$/u],
  ['tb', /^(?:тб|tb|tib|терабайт[а-я]*|terabytes?)$/u],
  ['hz', /^(?:гц|hz|герц[а-я]*|hertz)$/u],
  ['mhz', /^(?:мгц|mhz|мегагерц[а-я]*|megahertz)$/u],
  ['ghz', /^(?:ггц|ghz|гигагерц[а-я]*|gigahertz)$/u],
  ['kw', /^(?:квт|kw|киловатт[а-я]*|kilowatts?)$/u],
  ['mw', /^(?:мвт|mw|мегаватт[а-я]*|megawatts?)$/u],
  ['year-span', /^(?:лет|years?|годам?и?|летний|летняя|летнего|летней|year-old)$/u],
  ['month-span', /^(?:месяц[а-я]*|months?)$/u],
  ['week', /^(?:недел[а-я]*|weeks?)$/u],
  ['day', /^(?:дн(?:я|ей|ям|ями|ях|и)|день|сут(?:ки|ок)|days?)$/u],
  ['hour', /^(?:час(?:а|ов|ам|ами|ах|ы)?|ч|hours?|hrs?)$/u],
  ['minute', /^(?:минут[а-я]*|мин|minutes?|mins?)$/u],
  ['second', /^(?:секунд[а-я]*|сек|seconds|secs?)$/u],
  ['century', /^(?:век(?:а|е|ов|у|ом|и)?|вв|столети[а-я]*|centur(?:y|ies))$/u],
  ['parameter', /^(?:параметр[а-я]*|parameters?|params?)$/u],
  ['token', /^(?:токен[а-я]*|tokens?)$/u],
  ['person', /^(?:человек[а-я]*|чел|люд(?:ей|и|ям|ьми)|жител[а-я]*|people|persons?|inhabitants)$/u],
];
