/** Without the greetings, thanks and signs of attention at its beginning and its end. */
export function withoutCourtesies(text: string): string {
  let rest = text.trim();
  for (;;) {
    const shorter = rest.replace(atStart, '').replace(atEnd, '').trim();
    if (shorter === rest) return /[\p{L}\p{N}]/u.test(rest) ? rest : '';
    rest = shorter;
  }
}

/**
 * Whether a sentence only keeps company: how somebody is, what they think of the bot, what they are
 * doing. In lower case, without courtesies.
 */
export function isSmallTalk(sentence: string): boolean {
  const text = sentence.replace(/[\s.!?…,)]+$/u, '');
  if (text === '' || company.test(text) || laughter.test(text)) return true;
  if (feeling.test(text) && !isAsked(sentence)) return true;
  if (aboutYou.test(text)) return !asks.test(text.replace(tag, ''));
  if (sentence.endsWith('?')) return false;
  if (toEachOther.test(text) || remark.test(text)) return true;
  if (wants.test(text) || asks.test(text)) return false;
  return aboutMe.test(text);
}

/**
 * Whether a whole message, in lower case, opens with thanks or an apology and asks for nothing after
 * them: «спасибо за рецепт, гости всё съели».
 */
export function isThanksAlone(message: string): boolean {
  return gratitude.test(message) && !isAsked(message) && !message.includes('\n');
}

/** Whether there is a question, or a clause that begins like one or like a request. */
function isAsked(text: string): boolean {
  return text.includes('?') || clauseThatAsks.test(text);
}

const gratitude =
  /^[^\p{L}]*(?:(?:ого|ой|вау|ну|все|ок|окей|огромное|большое|wow|oh|ok|great|perfect|awesome|super|many|so)[\s,!]+){0,3}(?:спасиб\p{L}*|благодар\p{L}*|сенкс|сэнкс|спс|пасиб\p{L}*|мерси|прости(?:те)?|извини(?:те)?|сорри|thanks?|thank you|thx|tysm|ty|cheers|sorry|apologies)(?!\p{L})(?:[\s,.!—–-]+\S+){0,14}[\s.!…)]*$/u;

/** A mood, or a sigh. */
const feeling =
  /^(?:(?:как-то|чет|что-то|так|очень|so|very|kinda|feeling|i'm|im)\s+)*(?:скучно|грустно|тоскливо|одиноко|устал[аи]?|задолбал\p{L}*|достал\p{L}*|обидно|весело|ура|эх|ох|блин|капец|жесть|ugh|argh|phew|yay|meh|bored|tired|sad|lonely|exhausted|stressed)(?!\p{L})(?:[\s,]+\S+){0,10}$/u;

const clauseThatAsks =
  /(?:^|[,;:.!—–-]\s*|\s(?:а|и|но|and|but|so|now|also|then)\s+)(?:(?:а|и|но|ну|теперь|еще|and|but|so|now|also|then|any idea|do you know|знаешь|подскажи\p{L}*|скажи\p{L}*)\s+)*(?:кто|что|чего|чем|когда|где|куда|откуда|почему|зачем|сколько|какой|какая|какое|какие|каков\p{L}*|как|можно|расскажи\p{L}*|подскажи\p{L}*|скажи\p{L}*|найди\p{L}*|объясни\p{L}*|покажи\p{L}*|посоветуй\p{L}*|посчитай\p{L}*|переведи\p{L}*|поищи\p{L}*|проверь\p{L}*|узнай\p{L}*|дай\p{L}*|who|whom|when|where|why|which|how|what|is|are|does|do|did|can|could|find|tell|show|explain|give|search|check|look|translate|any)(?!\p{L})/u;

const words = (list: string): string =>
  list
    .trim()
    .split(/\s*\|\s*|\n\s*/u)
    .filter(Boolean)
    .join('|');

const courtesies = words(String.raw`
  привет(?:ик|ики|ствую|ствие)?|прив|хай|хей|хеллоу|хелло|хэлло|ку|здаров[ао]?|здоров[ао]|здрасьте|здрасте|здравствуй(?:те)?|салют|йо|алло|ау|приветы
  |добр(?:ое|ого) утречк[оа]|(?:всем )?(?:ботам|ботикам|народ)|доброе утро|добрый (?:день|вечер|вечерок)|доброго (?:утра|дня|вечера|времени суток|здоровья)|доброй ночи|добрейший(?: вечерочек)?|утро доброе|с добрым утром|дорогой бот
  |(?:огромное |большое |ой |и )*(?:спасибо|спасиб\p{L}{1,3}|спасибочки|спс|спасиб|пасиб[ао]?|сенкс|сэнкс|благодарю|благодарочка|благодарствую|мерси|от души)(?: (?:тебе|вам|большое|огромное|преогромное|заранее|еще раз|от души|дружище|бот|за (?:ответ|помощь|информацию|инфу|объяснение|совет|все|подсказку|ссылк[уи]|разъяснени[ея]|оперативность|быстрый ответ)))*
  |пожалуйста|плиз|плз|пж|пжл?ст?|ок|окей|оки|ладно|ладненько|хорошо|(?:все |я |теперь )*понял[аи]?|(?:все |теперь )?понятн(?:о|енько)|(?:все )?разобрал(?:ся|ась)|(?:очень )?помог(?:ло|ли|ла)?|поняла|ясно|ясненько|принято|договорились|угу|ага|круто|класс|классно|супер|отлично|прекрасно|великолепно|здорово|замечательно|прикольно|огонь|топ|зачет|бомба|вау|ого|ура|шикарно|прости(?:те)?(?: за беспокойство)?|извини(?:те)?(?: за беспокойство)?|пока|пока-пока|до свидания|до завтра|до встречи|до связи|увидимся|бывай|спокойной ночи|сладких снов|хорошего (?:дня|вечера)|хороших выходных|бот|ботик|дружище|друг|братан|бро|исток
  |hi+|hello+|hey+|heya|hiya|howdy|yo+|sup|greetings|hm+|hmm+|good (?:morning|afternoon|evening|day|night)|morning|evening|g'?day|(?:hi|hey|hello) (?:there|again|bot|istok|everyone)
  |(?:ok |many |a lot of |oh |and )*(?:thanks?|thank you|thx|thanx|ty|tysm|tyvm|cheers|much appreciated|appreciate it|appreciated)(?: (?:a lot|so much|very much|a bunch|a million|a ton|again|in advance|mate|man|buddy|bot|for (?:that|this|the (?:help|answer|explanation|info|information|link|links|quick (?:reply|answer)|tip|source|sources)|your (?:help|time|answer)|everything|all|helping)))*
  |please|pls|plz|ok+|okay|okey|kk?|alright|all right|got it|gotcha|understood|i see|noted|makes sense|cool|nice|great|awesome|perfect|excellent|amazing|wonderful|brilliant|super|wow|lol|lmao|haha+|hehe+|no worries|no problem|np|never mind|nevermind|nvm|sorry(?: (?:to bother(?: (?:you|again))?|again|about that))?|bye+|goodbye|bye bye|see (?:you|ya)(?: (?:later|tomorrow|soon|around))?|later|cya|take care|have a (?:nice|good|great|lovely) (?:day|one|evening|night|weekend)|btw|by the way|кстати|partner|pal|folks|guys|bestie|fam|bot|istok|(?:my |dear |little )*(?:robot(?:ic)?|digital|ai|virtual)? ?friend|my friend|buddy|mate|dude|there|again|now
`);

const atStart = new RegExp(
  String.raw`^(?:[\s,.!…)—–-]*(?:${courtesies})(?![\p{L}\p{N}'-]))+[\s,.!…)—–]*(?:(?:а|и|но|and|but|so|also)(?=\s)(?!\s+(?:когда|где|кто|how|what)\s*\?))?\s*|^[\s,.!…)—–-]+`,
  'u',
);
const atEnd = new RegExp(String.raw`[\s,.!…(—–-]+(?:${courtesies})[\s.!…)?]*$`, 'u');

const laughter =
  /^(?:(?:[ахэе]{4,}|[хпa]{3,}|х[аеи]{1,2}(?:-?х[аеи]{1,2})+|лол|кек|ржу|ору|жиза|ha(?:ha)*|he(?:he)+|xd+|lol|lmao|rofl|omg|test(?:ing)?|тест|проверка|раз|два|три|[123])[\s,.!]*)+$/u;

const company = new RegExp(
  String.raw`^(?:(?:ну|а|и|эй|как|well|and|so|hey|oh)[\s,]+)*(?:${words(String.raw`
    как (?:(?:твои|ваши|у тебя|у вас|сам[аи]?|ты|вы|тебе|там|твое|поживаешь|поживаете|спалось|оно|сегодня|жизнь|настроение|дела|делишки|здоровье|день|выходные|прошел|прошла|прошли|вообще|погода у тебя|железяка|бот|дружище)[\s,]*)+
    |(?:дела|жизнь|настроение)(?: как)?|(?:что|че|чего|шо) (?:делаешь|делаете|нового|новенького|как|расскажешь(?: интересного)?|поделываешь)(?: сегодня| там| сейчас)?|чем (?:занят|занимаешься|занята)(?: сегодня| сейчас)?|как(?:-|\s)?(?:дела|жизнь)
    |(?:мне |так |очень |как(?:-то)? |что-то |чет )*(?:скучно|грустно|одиноко|тоскливо|весело|лень|нечего делать)(?: сегодня| сейчас| мне| очень)*|поговори(?:м)?(?: со мной)?|поболтаем|давай (?:по)?болта(?:ем|ть)|обними меня|пожелай мне (?:удачи|спокойной ночи|хорошего дня)
    |с (?:днем рождения|новым годом|праздником|наступающим|восьмым марта|рождеством|пасхой|пятницей|понедельником).{0,40}|с др|поздравляю|молодец|умница|красавчик|красава|респект|лайк|так держать|я люблю тебя|люблю тебя|обожаю(?: тебя)?|обнимаю|целую|жду|я пошел|я спать|мне пора|разобрался|разобралась|уже (?:не надо|нашел|нашла|разобрался)|(?:все )?(?:помогло|заработало|получилось|сработало)|нашел(?:,| то)? что искал|нашла(?:,| то)? что искала|ты тут|ты здесь|есть кто(?:-нибудь|-то)?(?: живой| тут)*|kak dela|chto delaesh|privet kak dela|poka|spasibo
    |how (?:are|r|is|was|have|'s|do) (?:you|u|ya|it|things|life|everything|your (?:day|weekend|week|morning|night))(?: (?:doing|going|been|today|feeling|tonight|so far|lately|all|with you|do))*|how's (?:it|things|life|everything|your (?:day|week|weekend|morning|night))(?: (?:going|been|today|so far|treating you|with you))*|what(?:'s| is|s) (?:up|new|good|cooking|happening with you|on your mind)|whats? up|wassup|wyd|what are you (?:doing|up to)(?: (?:today|now|tonight))?|how do you do|you there|u there|anyone (?:there|here|home)|you (?:up|awake)|long time no see|nice to (?:meet|see) you
    |(?:so |very |really |kinda |feeling |a bit |bit |just )*(?:bored|lonely|sad|tired|happy|sleepy|hungry|exhausted|excited|down|sick|stressed)(?: (?:tonight|today|tbh|now|rn|af|again|lol))*|talk to me|chat with me|let's chat|(?:happy|merry) (?:birthday|new year|christmas|holidays|friday|monday|easter|halloween).{0,30}|congrat(?:s|ulations)|good (?:job|bot|one|work|luck|answer|stuff)|well done|nice (?:one|work|job|try)|love (?:you|it|this|that|u)|i love (?:you|it|this|that)|exactly(?: what i (?:needed|wanted|was looking for))?|that (?:helps|helped|works|worked|answers? my question|makes sense|was (?:helpful|useful|great|quick|fast|perfect))(?: a lot| a ton)?|very (?:helpful|useful|nice|good)|helpful|figured it out(?: myself)?|you too|same here|same|me too|my bad|just (?:saying hi|testing|checking|kidding|wanted to say hi)|hope (?:i'm|im|i am|you|you're|your).{0,50}
  `)})$`,
  'u',
);

/** What is said of the bot, not asked. */
const aboutYou =
  /^(?:(?:а|ну|блин|слушай|кстати|well|man|wow|honestly)[\s,]+)*(?:ты|вы|тебе|тебя|you|you're|youre|your|ur|u|you've|кто тут)(?: (?:же|все-таки|просто|такой|такая|так|очень|реально|правда|сегодня|меня|мне|самый|самая|тут|are|r|really|so|very|just|kinda|the|a|an|is|were|have|actually|always|totally))* (?:не )?(?:[а-яёa-z'-]+)(?:,? [а-яёa-z'-]+){0,4}$/u;

/** A remark on what was said, or on the day. */
const remark =
  /^(?:(?:ну|а|и|блин|эх|ох|well|hmm+|haha+|man|ugh|oh)[\s,]+)*(?:(?:дурак|дура|глупый|умница|молодец|красавчик|зануда|балбес|тупица)(?: же)?(?: ты)?|(?:вот )?это (?:было )?(?:подробно|круто|смешно|классно|сильно|мило|хорошо|здорово|жестко|печально|грустно|странно)|(?:не )?(?:вы)?\p{L}+(?:лся|лась|лись)(?:\s.{0,60})?|(?:все|всё) (?:понял[аи]?|понятно|ясно|хорошо|ок|нормально|отлично)|очень (?:помог\p{L}*|полезно|интересно|круто)|не (?:надо|нужно|стоит) (?:ничего )?(?:искать|гуглить|отвечать)(?:\s.{0,60})?|давно не (?:виделись|общались|писал[аи]?)|(?:сегодня|вчера|завтра|потом|позже|сейчас|щас)\s(?:\p{L}+\s){0,3}\p{L}+(?:шу|ню|лю|ду|йду)|(?:всем )?(?:ботам|всем|народ|ребят\p{L}*|люди)|what a (?:day|week|night|morning|mess|relief|shame)(?:\s.{0,40})?|(?:that|this|it)(?:'s| is| was|s)(?: (?:so|really|very|a|an|the|just|pretty|too|such|actually))* (?:good|great|funny|nice|awesome|perfect|cool|bad|sad|weird|hilarious|interesting|amazing|helpful|useful|fast|quick|wrong|fine|ok|enough|all)(?: (?:one|joke|answer|idea|job|for now|for today))?|(?:oops|sorry|my bad)?,? ?wrong (?:chat|person|window|bot)|(?:don't|dont|do not|no need to) (?:look|search|google|answer|bother)\b.{0,60}|(?:gotta|got to|have to|need to) (?:go|run|sleep|work|bounce)(?:[\s,].{0,60})?|brb|gtg|g2g|ttyl|it's me|its me|(?:yell|boss|mom|dad)\b.{0,60}|okay makes sense|makes sense|fair enough|good to know|wish me luck.{0,60})$/u;

/** Between two who talk: «спасибо, что ты есть», "wish me luck". */
const toEachOther =
  /^(?:за то,? что ты|что ты есть|ты есть|просто (?:хотел|хотела|поболтать|так|привет|спасибо)|обидно|хочется|wish me|miss(?:ed)? (?:you|me)|hugs?|proud of)(?:[\s,].{0,80})?$/u;

const tag = /,? (?:правильно|верно|да|right|huh|ты|eh)[\s,!?.]*(?:ты)?$/u;

/** What somebody says of themselves. */
const aboutMe =
  /^(?:(?:а|ну|блин|ох|эх|сегодня|вчера|кстати|представляешь|today|well|man|ugh|oh|so|just|finally|feeling|felt|had|got)[\s,]+)*(?:я|мне|меня|мы|у меня (?:сегодня|вчера|завтра|скоро|все|был[аои]?|день|настроение|хандра|др)|у нас (?:сегодня|завтра|скоро|все)|нашел|нашла|сижу|еду|иду|лежу|пью|устал|устала|проснулся|проснулась|скучаю|прости|извини|i|i'm|im|i've|ive|i'll|me|my (?:day|boss|food|mom|dad|cat|dog|friend|coffee|week|head|heart)\p{L}{0,3}(?:'s)?|we|we're|feeling|had|got|just)(?=[\s,]|$)(?:[\s,]+[^\s]+){0,14}$/u;

const wants =
  /(?<!\p{L})(?:нуж\p{L}*|надо|хочу|хотел\p{L}*|хотим|ищу|ищем|интерес\p{L}*|подскаж\p{L}*|помог\p{L}*|посовет\p{L}*|рекоменд\p{L}*|проблем\p{L}*|ошибк\p{L}*|не работа\p{L}*|не могу|не включа\p{L}*|болит|сломал\p{L}*|найди\p{L}*|скажи\p{L}*|расскажи\p{L}*|объясни\p{L}*|покажи\p{L}*|need|want|wanna|looking|wonder\p{L}*|would like|help|problem|error|issue|trouble|can't|cannot|doesn't|broken|hurts?|find|recommend\p{L}*|advice|tell|explain|show|give|about)(?!\p{L})/u;

const asks =
  /(?<!\p{L})(?:кто|что такое|когда|где|куда|откуда|почему|зачем|сколько|какой|какая|какое|какие|каков\p{L}*|чем|ли|скажи|найди|расскажи|знаешь|who|whom|when|where|why|which|how|what|whether|find|tell|know|show)(?!\p{L})/u;
