/** Whether a sentence, in lower case and without courtesies, asks about the bot itself. */
export function asksAboutTheBot(sentence: string): boolean {
  const text = sentence.replace(/[\s.!?…)]+$/u, '').replace(leadIn, '');
  return whole.test(text) || inShort.test(text) || isBetweenTheTwo(text);
}

const leadIn =
  /^(?:(?:а|и|ну|так|слушай|скажи|расскажи|интересно|кстати|кто|and|so|but|btw|well|wait|tell me|just curious|curious)[\s,]+)+(?=\S+ ?)(?!.*^кто ты)/u;

const whole =
  /^(?:(?:кто )?ты(?: вообще)? (?:кто|такой|такая|что такое)(?: вообще)?(?: по (?:жизни|характеру))?|ты|вы|что (?:ты|вы) (?:такое|вообще такое|умеешь|умеете|можешь|можете|за бот|за (?:штука|зверь|программа))(?: делать| вообще)*|(?:что|че) (?:еще )?(?:умеешь|можешь|умеете)(?: делать)?|на что ты способ(?:ен|на)|как (?:тебя|вас) (?:зовут|звать|называть)|как (?:твое|ваше) имя|(?:какие|что за) (?:у тебя|у вас) (?:команды|функции|возможности|настройки)|как (?:тобой|вами|этим|этим ботом|ботом|с тобой) (?:пользоваться|работать|общаться)|как (?:ты|вы|этот бот|это|бот) (?:работаешь|работаете|работает|устроен\p{L}?|отвечаешь|ищешь|это делаешь)|(?:какие )?(?:у (?:тебя|вас) )?(?:есть )?(?:команды|функции|настройки)|на (?:каких|скольких) языках (?:с тобой|ты|вы)(?: \p{L}+){0,3}|сколько (?:тебе|вам) лет|.{0,60}какие у тебя команды|(?:list|show|what are) (?:me )?your (?:commands|features|options|functions)|помощь|хелп|help|help me|с чего начать|(?:какие )?(?:твои )?(?:команды|возможности)|кто (?:тебя|вас) (?:создал|сделал|придумал|написал|разработал)\p{L}*|о себе|себе|who (?:are|r) (?:you|u)|what (?:are|r) (?:you|u)|what(?:'s| is|s) your (?:name|purpose|job|favou?rite \p{L}+)|your name|what should i call you|what (?:can|do|could) (?:you|u|this bot)(?: actually)? (?:do|help(?: me)? with|know how to do)|how (?:can|could) (?:you|u) help(?: me)?|how (?:do|can|should) i (?:use|talk to|start|ask)(?: (?:you|this|this bot|the bot|it))?|how do (?:you|u) (?:work|answer|find|know|get|do) ?(?:\p{L}+ ?){0,3}|how does this(?: bot)? work|who (?:made|created|built|wrote|programmed) (?:you|u)|about yourself)$/u;

/** Who is spoken to: «ты», "you", or a verb that can have no other subject. */
const spokenTo = new Set(
  `ты вы тебе тебя тобой вам вас твой твоя твое твои ваш ваша ваши можешь умеешь помнишь понимаешь
  знаешь видишь слышишь сохраняешь хранишь запоминаешь читаешь любишь спишь работаешь обижаешься
  устаешь принимаешь you u your ur yourself`.split(/\s+/u),
);

/** Words without a subject of their own. */
const connecting = new Set(
  `а и но или ли не ну же бы в во на по за с со у о об от до из к как что это то так там тут здесь
  вообще очень тоже еще уже только или если когда сам сама все всё мне меня мной мои мой моя мою моих я
  мы нам нас нашу наш есть ведь вот а-то всегда иногда сейчас сегодня надо нужно можно лучше много мало
  сколько какой какая какие каких чем кто кто-то кто-нибудь откуда куда свой свои своя свое наш кто-либо
  вчера завтра раньше потом прошлый прошлой
  a an the and or but not to of in on at for from with by as so too also even ever still actually really
  just only always here there now today up i me my mine we us our this that these those it is are am was
  were be been do does did can could will would have has had how what who if any some more than one all
  other own out off about before nah last week yesterday earlier time again ever anyone someone somebody btw where why`.split(
    /\s+/u,
  ),
);

/** What a bot can do, keep, be and feel, by the beginnings of its words. */
const ownMatters =
  /^(?:умн|глуп|туп|чувств|настроени|скуч|груст|устал|надоел|обид|снит|сны|спать|спишь|дума|шут|рису|рисова|петь|поешь|говор|разговар|обща|болта|отвеча|ответ|понима|слуша|слыш|смотр|вид|чита|пиш|пис|ищ|иска|гугл|ходи|выход|придум|выдум|вр(?:а|е)|ошиб|обман|помн|запом|забы|хран|сохран|запис|удал|переписк|сообщен|разговор|вопрос|голосов|картин|фото|файл|документ|видео|аудио|стикер|ссыл|пдф|pdf|присыл|присла|отправ|скин|кин|русск|англ|язык|бот|робот|человек|жив|настоящ|реальн|ии$|нейросет|программ|модел|gpt|chatgpt|друз|друг|имя|имен|зовут|лет$|возраст|создател|хозя|разработ|бесплатн|платн|денег|плат|стоишь|лимит|огранич|ноч|круглосуточн|интернет|сет(?:ь|и)|онлайн|офлайн|актуальн|нравит|люб|ненавид|рад$|рада$|работа|уме|мож|смож|команд|функци|возможност|настройк|источник|помо(?:г|щ)|бере|берешь|отвеч|польз|smart|dumb|stupid|feel|emotion|mood|tired|bored|sad|happy|sleep|dream|think|joke|laugh|draw|sing|speak|talk|chat|answer|understand|hear|listen|see|watch|look|read|write|type|search|browse|google|web|internet|online|offline|lie|lying|mistake|wrong|remember|memory|forget|store|save|keep|track|record|log|delete|data|message|conversation|question|ask|voice|picture|photo|image|file|document|pdf|video|audio|sticker|link|send|sent|attach|share|accept|support|take|handle|russian|english|language|bot|robot|human|person|people|machine|program|model|ai$|alive|real|sentient|conscious|chatgpt|gpt|friend|name|call|old|age|creator|maker|owner|free|paid|pay|cost|charge|limit|night|day|live|current|like|love|hate|get|make|work|job|allowed|able|know|learn|help|use|command|feature|option|setting|source|stuff|thing|told|tell|privacy|private|secret|safe|trust)/u;

/** It is spoken to, and nothing of the world is in the question. */
function isBetweenTheTwo(text: string): boolean {
  const words = text.match(/[\p{L}\p{N}'-]+/gu) ?? [];
  return (
    words.some((word) => spokenTo.has(word)) &&
    words.some((word) => ownMatters.test(word)) &&
    words.every((word) => spokenTo.has(word) || connecting.has(word) || ownMatters.test(word)) &&
    !isErrand.test(text)
  );
}

/** What it is asked to find out, it has to look up. */
const isErrand =
  /(?<!\p{L})(?:(?:ты|вы)? ?знаешь,? (?:кто|что|как|где|когда|сколько)|(?:do|did) you know (?:who|what|how|where|when|if)|(?:can|could|will|would) you (?:find|tell|search|look|google|answer|ask)(?! (?:the web|online|the internet|questions?|things|stuff)))(?!\p{L})/u;

const inShort =
  /^(?:(?:голосовые|картинки|файлы|фото|документы|видео) (?:понимаешь|читаешь|принимаешь|умеешь|видишь|смотришь)|(?:is|will) (?:this|it|that) (?:bot |chat )?(?:free|private|saved|stored|recorded|anonymous)(?: (?:to use|here|or not|somewhere))?)$/u;
