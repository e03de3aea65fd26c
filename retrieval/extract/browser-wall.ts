/**
 * Whether all that a page shows is a wall before its text: a check whether a human asks, a request to
 * switch scripts on, a question about cookies. What a longer page says of these is its subject.
 */
export function isBrowserWall({ title, text }: { title: string; text: string }): boolean {
  if (text === '') return false;
  if (text.length <= 900 && (challengeTitle.test(title) || challenge.test(text))) return true;
  if (text.length <= 450 && scriptsWanted.test(text)) return true;
  return text.length <= 2500 && isConsentWall(title, text);
}

const challengeTitle =
  /^(?:just a moment|one moment,? please|attention required|ddos[- ]guard|are you (?:a )?(?:human|robot)|(?:human|security|bot) (?:verification|check)|captcha|access (?:to this page has been )?denied|pardon our interruption|проверка (?:браузера|безопасности)|вы (?:не )?робот|ой!?$)/iu;

/** Said to whoever asks, about this very visit. */
const challenge =
  /checking (?:your browser|if the site connection is secure)|(?:verify|verifying|confirm|prove)(?: that)? you are (?:a )?(?:human|not a (?:ro)?bot)|(?:review|checking) the security of your connection|unusual (?:traffic|activity) from your|(?:complete|solve|pass) the (?:security check|captcha)|performance (?:&|and) security by|enable javascript and cookies to continue|подтвердите,? что (?:вы не робот|запросы отправляли вы)|(?:проверяем|идёт проверка|проверка) (?:ваш(?:его|у)? |ва[мс] )?(?:браузер|соединени|подключени)|введите (?:символы|код|текст) с картинки|запросы,? (?:поступившие )?с вашего (?:устройства|ip)/iu;

const scriptsWanted =
  /(?:enable|turn on|activate|requires?|needs?|without)(?: \S+){0,4} (?:javascript|js)\b|javascript (?:is|has been|seems to be|appears to be)? ?(?:disabled|required|turned off|not (?:enabled|available|supported))|javascript (?:must|has to|needs to) be|(?:включите|разрешите|требуется|необходим[ао]?|нужен|без)(?: \S+){0,3} javascript|javascript (?:отключ|выключ|не включ|не поддерж)/iu;

const aboutConsent =
  /\b(?:cookies?|consent|privacy|personal(?:i[sz]ed)? (?:data|ads?)|(?:our|advertising) partners|accept|reject|agree)\b|согла(?:с|ш)|куки|конфиденциальн|персональн|принять|отклонить/iu;

const consentOpening =
  /before you (?:continue|proceed|go)|(?:we value|respect|care about) your privacy|(?:manage|your) (?:cookie|privacy|consent)|(?:we|this (?:web)?site|and our partners)(?: \S+){0,6} cookies?\b|cookie (?:consent|settings|policy|preferences)|(?:прежде чем|перед тем как) (?:продолжить|перейти)|(?:мы|сайт) использу\S+ (?:\S+ ){0,3}(?:cookie|куки)|согласие на (?:обработку|использование)/iu;

/** It opens with the question and nearly every sentence is about it. */
function isConsentWall(title: string, text: string): boolean {
  if (!consentOpening.test(`${title} ${text.slice(0, 250)}`)) return false;
  const sentences = text.split(/(?<=[.!?])\s+/u);
  const about = sentences.filter((sentence) => aboutConsent.test(sentence));
  return about.join('').length >= sentences.join('').length * 0.6;
}
