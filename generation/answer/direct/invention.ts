/**
 * Whether a text, in lower case and without courtesies, asks to make something up or to play: a poem,
 * a name, a joke, a riddle.
 */
export function asksForInvention(text: string): boolean {
  const rest = text.replace(leadIn, '');
  if (madeUp.test(rest)) return !about.test(rest);
  const asked = rest.replace(order, '');
  if (work.test(asked) || naming.test(rest)) return true;
  if (asked !== rest && message.test(asked)) return true;
  return asked !== rest && work.test(asked.replace(someOf, ''));
}

const leadIn =
  /^(?:(?:а|и|ну|теперь|тогда|можешь|можете|сможешь|давай|помоги|хочу|хочется|мне нужн[аоы]?|мне|нам|нужн[аоы]?|срочно|быстро|пожалуйста|now|then|can you|could you|would you|will you|please|pls|help me|i need|i want|i'd like|you to|quick|quickly|maybe|so|just)[\s,]+)+/u;

/** Nobody makes up what can be looked up. */
const madeUp =
  /^(?:придума(?:й|йте|ть|ем)|сочини(?:те|ть)?|выдумай(?:те)?|выдумать|нафантазируй|зарифмуй|срифмуй|пошути(?:те)?|развесели|рассмеши|сыграем|поиграем|(?:по)?играть|загадай(?:те)?|загадать|побудь|представь(?:,| себе| что| ты)|притворись|поздравь|пожелай|скажи (?:что-нибудь|комплимент)|сделай (?:мне )?комплимент|назови (?:случайное|любое)|выбери (?:случайн|число|любое|за меня)|брось (?:кубик|монет)|подбрось|make up|invent|come up with|brainstorm|compose|imagine|pretend|roleplay|role-play|let's play|play a game|let us play|make me laugh|cheer me up|roast me|flirt|flip a coin|roll (?:a|the|two) di(?:c)?e|(?:pick|choose|give me|name|think of) (?:a |any |some |one )?(?:random|number between)|would you rather|knock knock)(?!\p{L})/u;

const about = /^\S+,? (?:кто|когда|где|почему|сколько|who|when|where|why)(?!\p{L})/u;

const order =
  /^(?:напиши(?:те)?|написать|составь(?:те)?|составить|создай(?:те)?|накидай(?:те)?|набросай(?:те)?|дай(?:те)?|подбери(?:те)?|предложи(?:те)?|расскажи(?:те)?|скажи(?:те)?|подкинь|накидать|сгенерируй(?:те)?|сделай(?:те)?|write|draft|create|generate|give me|give|tell me|tell|suggest|make|do|i need|need|sing|say|think of|list)(?:\s+(?:мне|нам|меня|пожалуйста|плиз|me|us|please|another|один|одну|пару|какой-нибудь|какую-нибудь|еще))*\s+/u;

/** Something of one's own that needs a name. */
const naming =
  /^(?:как (?:бы |мне |нам |лучше )*(?:назвать|обозвать|подписать|поздравить|пошутить)|(?:help me )?name (?:my|our|this|her|him|it)|what (?:should|can|could|do) (?:i|we) (?:name|call) (?:my|our|this|him|her|it)|name ideas|what rhymes with)(?!\p{L})/u;

/** Something to be sent or posted, in whoever's words. */
const message =
  /^(?:[^\s.!?:]+\s+){0,5}?(?:сообщени[ея]|смс|письм[оа]|статус|подпись|пост|объявлени[ея]|речь|тост|открытк[уа]|резюме|заявлени[ея]|приглашени[ея]|текст (?:для|на|поздравлени)|messages?|texts?|emails?|e-mails?|letters?|notes?|captions?|bio|status|post|ad|invitation|speech|card|tweet|reply|greeting)(?=[\s,.:!?—-]|$)/u;

const someOf =
  /^(?:(?:\d+|a|an|the|one|some|few|couple|of|three|five|ten|пару|парочку|несколько|три|пять|десять|еще|какой-нибудь|какую-нибудь|коротк\p{L}+|маленьк\p{L}+|смешн\p{L}+|прикольн\p{L}+|красив\p{L}+|добр\p{L}+|мил\p{L}+|грустн\p{L}+|смешн\p{L}+|оригинальн\p{L}+|креативн\p{L}+|детск\p{L}+|рекламн\p{L}+|short|funny|cute|silly|sweet|romantic|little|dad|good|bad|nice|clever|catchy|creative|fun|cool|original|friendly|polite|formal|quick|small|birthday|thank-you|cover|out-of-office|вежлив\p{L}+)\s+)+/u;

/** What somebody has to make up. Each is a thing that nobody looks for as such. */
const work =
  /^(?:(?:a|an|the|one|\d+|some|short|funny|silly|cute|romantic|bedtime|knock-knock|dad|good|bad|коротк\p{L}+|смешн\p{L}+|детск\p{L}+|прикольн\p{L}+)\s+)*(?:(?:стих(?:и|ок|отворени[ея]|отворный)?|хокку|хайку|лимерик|частушк[иу]|четверостиши[ея]|рассказ(?:ик)?|сказк[уаи]|сказочк[уа]|истори[юя] (?:про|о)|тост|поздравлени[ея]|открытк[уа]|пожелани[ея]|слоган|девиз|кричалк[уа]|названи[ея] (?:для|кафе|магазин)|имена? (?:для|коту|кошке|собаке|псу|щенку|котенку|персонаж)|имечко|ник(?:нейм)?(?=\s|$)|псевдоним (?:для|мне)|кличк[уаи] (?:для|коту|кошке|собаке|псу|щенку|котенку)|шутк[уаи]|анекдот(?:ы|ик)?|каламбур|песн[юя] (?:про|о|для)|песенк[уа]|письмо (?:бабушк|маме|другу|деду|начальник|от имени)|диалог между|загадк[уаи]|рифм[уаы]|комплимент|тост|оправдани[ея]|отмазк[уа]|анаграмм\p{L}*|скороговорк[уаи]|подпись (?:к|под|для)|статус (?:для|в)|объявлени[ея] (?:о|в|для)|эпиграф)(?=[\s,.:!?—-]|$)|(?:poems?|haikus?|limericks?|sonnets?|rap|lyrics|jokes?|puns?|riddles?|(?:bedtime|fairy|ghost|love) stor(?:y|ies)|(?:short )?stor(?:y|ies) (?:about|where|for|in|with)|fairy ?tale|slogans?|taglines?|catchphrases?|(?:insta(?:gram)? )?captions?|(?:bday|birthday) (?:message|wish|text|poem)|toasts?|greeting card|birthday (?:message|card|wish|greeting)|(?:thank-you|love|cover|resignation|apology) (?:note|letter|email)|pick-?up lines?|excuses?|nicknames?|usernames?|names? (?:for|ideas)|band names?|pet names?|ideas? for (?:a name|names)|compliments?|tongue ?twisters?|acrostic|dialogue between|words? that rhymes?|rhymes? (?:for|with)|something that rhymes|anagrams?|superhero|metaphors? for|opening line|plot (?:for|twist)|truth or dare|two truths|20 questions|hangman|tic tac toe|trivia game|would you rather)(?=[\s,.:!?—-]|$))/u;
