/**
 * Whether a text, in lower case, asks for nothing but a sum: «сколько будет 17*23», "15% of 2400", or a
 * small story with all its numbers in it. Units to convert, rates and what the world counts are not:
 * «сколько см в дюйме» has to be looked up.
 */
export function isArithmetic(text: string): boolean {
  const bare = text.replaceAll(politeness, ' ').replace(opening, '').replace(ending, '').trim();
  if (bare === '') return false;
  if (equation.test(text)) return true;
  const numbers = bare.match(number) ?? [];
  const operates = operator.test(bare) || fractionOf.test(bare) || sumOf.test(text);
  if (numbers.length > 0 && operates && bare.replaceAll(allowed, '').trim() === '') return true;
  if (numbers.length > 0 && ofNumbers.test(bare)) return true;
  return isStory(text, numbers.length);
}

/** Somebody's own numbers, at least two of them, and a question that they answer. */
function isStory(text: string, count: number): boolean {
  const given = count + (text.match(smallNumber) ?? []).length;
  if (given < 2 || lookedUp.test(text)) return false;
  return (own.test(text) && asked.test(text)) || resolved.test(text);
}

const ruNumbers =
  'ноль|один|одна|одно|два|две|три|четыре|пять|шесть|семь|восемь|девять|десять|\\p{L}+надцать|двадцать|тридцать|сорок|\\p{L}+десят|девяносто|сто|двести|триста|четыреста|\\p{L}+сот|тысяч[аиу]?|миллион(?:а|ов)?|двух|трех|четырех|пяти|шести|семи|восьми|девяти|десяти|половин[ауы]|дважды|трижды|четырежды|пятью|шестью|семью|восемью|девятью|треть|четверть|[а-я]+ой степени';
const enNumbers =
  'zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|half|halves|thirds?|quarters?|dozen|twice';
const number = new RegExp(
  String.raw`\d[\d\s.,]*|(?<!\p{L})(?:${ruNumbers}|${enNumbers})(?!\p{L})`,
  'gu',
);
const smallNumber =
  /(?<!\p{L})(?:двое|трое|четверо|пятеро|шестеро|нас\s\p{L}+(?:еро|ое)|пополам|вдвое|втрое|an hour|a day|a week|a month|в день|в час|в неделю|в месяц)(?!\p{L})/gu;

const operatorWords =
  'плюс|прибав\\p{L}*|минус|вычесть|вычти|отн(?:ять|ими)|умнож\\p{L}*|помнож\\p{L}*|(?:по|раз)?дел\\p{L}*|делить|процент\\p{L}*|в квадрате|в кубе|степен\\p{L}*|корень|корня|квадратн\\p{L}*|кубическ\\p{L}*|факториал|логарифм|синус|косинус|остаток|модул\\p{L}*|сумм[ау]|произведение|разност\\p{L}|plus|minus|times|multiplied|divided|divide|multiply|add up|add|added|subtract|percent|squared|cubed|square|cube|root|power|factorial|mod|modulo|remainder|sum|product|over';
const operator = new RegExp(
  String.raw`[-+*/×÷^%=√:·]|\d\s*[xх]\s*\d|(?<!\p{L})(?:${operatorWords})(?!\p{L})`,
  'u',
);

const allowed = new RegExp(
  String.raw`\d[\d\s.,]*|[-+*/×÷^%=√:·()?!.,–—]|(?<!\p{L})(?:${ruNumbers}|${enNumbers}|${operatorWords}|[\p{L}]+(?:ой|ую|ый|ая|th|nd|rd|st)(?= степен| root|\s*$)|x|х|на|из|от|в|и|к|с|со|до|по|раза?|второй|третьей|равно|числа?|by|of|and|the|from|to|is|a|an|off|with|number|numbers|equals?|together|up|ответ|это|получится|выйдет|потом|then|скобк\p{L}*)(?!\p{L})`,
  'gu',
);

const opening =
  /^(?:(?:а|и|ну|теперь|еще|скажи|быстро|срочно|пожалуйста|плиз|можешь|можно|now|also|then|quick(?: one| question)?|quickly|so|ok|can (?:you|u)|could (?:you|u)|please)[\s,]+)*(?:(?:скока|сколько|скок) (?:будет|это|получится|выйдет|составит|составляет|от)|сколько|скока|скок|посчитай(?:те)?|сосчитай(?:те)?|вычисли(?:те)?|подсчитай(?:те)?|реши(?:те)?(?: пример| уравнение)?|чему рав(?:но|ен|на|ны)|какой (?:результат|ответ)|найди(?:те)? (?=сумм|произведен|разност|остат|корень|процент)|возведи(?:те)?|извлеки(?:те)?|what(?:'s| is|s)|calculate|add up|sum up|add|subtract|multiply|divide|calc|compute|solve|work out|how much (?:is|are|does)|evaluate|find (?=the (?:sum|product|square|cube|root|remainder))|equation)?[\s:]*/u;
const ending =
  /[\s,]*(?:(?:(?:это )?скок(?:о|а)?|сколько (?:это )?(?:будет|получится|выйдет)|чему равно|а то .*|пожалуйста|плиз|плз|спасибо|срочно|в уме|(?:это )?сколько|please|pls|plz|equals?(?: what)?|is what|thanks|=)[\s?!.]*|[\s?!.=])+$/u;

const politeness = /(?<!\p{L})(?:пж|пжл|плиз|плз|пожалуйста|pls|plz|please)(?!\p{L})/gu;
/** «Solve for x: 5x - 12 = 2x + 9» */
const equation =
  /^(?:(?:solve|реши(?:те)?|найди(?:те)?|find)[\p{L}\s]*:?\s*)(?=[^=]*=)[\dxyzabnхуa-c\s+\-*/^=().,²³√−·]+$/u;
const fractionOf = /^(?:a |three |two |one |половина|треть|четверть)[\p{L}\s]*(?:of|от|из) ?\d/u;
const sumOf =
  /(?:add(?: up)?|sum(?: up)?|multiply|divide|subtract|сложи(?:ть)?|просуммируй|перемножь|семью|пятью|шестью|восемью|девятью|дважды|трижды) \S+/u;

/** What can be worked out from the number alone. */
const ofNumbers =
  /^(?:is |are |делится ли |простое ли |кратно ли )?(?:число |the number |number )?\d[\d\s.,]*(?:(?:и|and|on|на|by) )?(?:divisible by|a prime(?: number)?|prime|even|odd|простое|четное|нечетное|делится на|кратно|в двоичн\p{L}*|в шестнадцатеричн\p{L}*|in (?:binary|hex|hexadecimal|octal|decimal|roman numerals)|римскими)[\d\s.,]*(?:число|number|(?:системе?(?: счисления)?))?[\s?]*$|^(?:convert|translate|переведи(?:те)?)\s(?:число |the number |number )?[\da-fx]+\s(?:(?:from|to|into|из|в)\s(?:binary|hex|hexadecimal|octal|decimal|roman numerals|двоичн\p{L}*|десятичн\p{L}*|шестнадцатеричн\p{L}*|восьмеричн\p{L}*)(?:\sсистем\p{L}*)?(?:\sсчисления)?\s?)+$|^(?:сред\p{L}+|average|mean|медиан\p{L}|median|нод|нок|gcd|lcm)(?: арифметическое)?(?: чисел)?(?: of| and|:)?[\d\s.,и;and]+\??$/u;

const own =
  /(?<!\p{L})(?:я|мы|у меня|у нас|нас|мне|нам|мой|моя|каждый|стоил[аио]?|купил[аи]?|если|скидк\p{L}*|вклад|зарплата|оклад|счет|поезд|автобус|велосипедист|машина|едет|осталось|i|i'm|we|my|our|us|if|each|split|bill|bought|costs?|discount|train|car|saves?|earns?|tip)(?!\p{L})/u;
const asked =
  /(?<!\p{L})(?:сколько|скока|скок|по сколько|на сколько|насколько|во сколько раз|какой процент|через сколько|how (?:much|many|long|far)|what(?:'s| is) (?:my|the|each|left)|what percent\p{L}*|total)(?!\p{L})/u;
const resolved =
  /^(?:split|divide|раздели(?:те)?|подели(?:те)?|раскидай)\s.{0,80}(?:между|на|between|among|ways|by)\s/u;
/** What only the world knows. */
const lookedUp =
  /(?<!\p{L})(?:курс\p{L}*|долл\p{L}*|евро|юан\p{L}*|биткоин\p{L}*|btc|usd|eur|фунт\p{L}*|дюйм\p{L}*|мил[ьия]\p{L}*|калори\p{L}*|ккал|ндфл|налог\p{L}*|пошлин\p{L}*|населен\p{L}*|можно|нельзя|нужно|надо|норм[аы]|безопасн\p{L}*|таблет\p{L}*|доз\p{L}*|лекарств\p{L}*|exchange|calories|inches|pounds|population|taxes|safe\p{L}*|dos(?:e|es|age)|pills?|tablets?|recommended|too (?:much|many))(?!\p{L})/u;
