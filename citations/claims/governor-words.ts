/**
 * What a word does to the statement that it governs. `denial` says that it is not so, `doubt` leaves it
 * open, `aim` puts it off to what somebody wants, `modal` makes it possible, `past` ends it.
 */
export type GovernorKind = 'denial' | 'doubt' | 'aim' | 'modal' | 'past' | 'condition' | 'nearly';

/** All words folded: «ё» is «е». */
function pattern(words: string): RegExp {
  return new RegExp(`^(?:${words.trim().replace(/\s+/gu, '|')})$`, 'u');
}

export function isNegator(word: string): boolean {
  return negators.test(word);
}

/** «Отрицает», "refused": a denial that needs no «не». */
export function isDenier(word: string): boolean {
  return deniers.test(word);
}

/** A word by which a statement is called untrue, and not only unproven. */
export function isFalsity(word: string): boolean {
  return falsities.test(word);
}

/** «Правда», "true": what denied is a falsity. */
export function isTruth(word: string): boolean {
  return truths.test(word);
}

export function isDoubter(word: string): boolean {
  return doubters.test(word);
}

/** «Доказали», "announced": what a page says so it says itself. */
export function isAffirmer(word: string): boolean {
  return affirmers.test(word);
}

/** «Стоит отметить», "it is important to note": said so, whatever comes before. */
export function isReminder(word: string): boolean {
  return reminders.test(word);
}

/** What is wanted, tried, promised or foreseen has not been done by that. */
export function isAim(word: string): boolean {
  return aims.test(word);
}

export function isModal(word: string): boolean {
  return modals.test(word);
}

/** «Якобы», "reportedly": of the clause that it stands in. */
export function isHearsay(word: string): boolean {
  return hearsay.test(word);
}

/** «Раньше», "formerly" */
export function isPast(word: string): boolean {
  return past.test(word);
}

/** «Почти», "almost": of the word after it. */
export function isNearly(word: string): boolean {
  return nearly.test(word);
}

export function isCondition(word: string): boolean {
  return conditions.test(word);
}

/** What was "managed to" be done was done; so «начал», «смог», «умеет» with an infinitive. */
export function isFulfilled(word: string): boolean {
  return fulfilled.test(word);
}

const negators = pattern(String.raw`
  не ни нет нельзя без никогда никто никому никем никого ничто ничего никак никакой никаких никакого никакие
  not no never nobody nothing none without cannot neither nor \p{L}+n['’]t`);

const falsities = pattern(String.raw`
  неправд\p{L}+ неверн\p{L}+ ложь ложн\p{L}+ миф\p{L}{0,3} заблужд\p{L}+ фейк\p{L}* вымыс\p{L}+ выдум\p{L}+ вранье
  ошибочн\p{L}+ опроверг\p{L}* опроверж\p{L}+ развенч\p{L}+ неправильн\p{L}+ несостоятельн\p{L}+ обман\p{L}*
  false falsely untrue wrong wrongly incorrect\p{L}* myths? misconceptions? hoax\p{L}* mistaken\p{L}* fallacy
  fallacies refut\p{L}+ disprov\p{L}+ debunk\p{L}* lie lies nonsense fiction fake\p{L}* baseless unfounded
  erroneous\p{L}*`);

const truths = pattern(String.raw`
  правд\p{L}+ верн[оы]\p{L}* так истин\p{L}+ соответству\p{L}+ true right correct case so`);

const deniers = pattern(String.raw`
  отрица\p{L}+ отказ\p{L}+ отверг\p{L}* отклон\p{L}+ отмен\p{L}+ передума\p{L}+ забы[лт]\p{L}* воздерж\p{L}+
  помеша\p{L}+ запрет\p{L}+ запрещ\p{L}+ провал\p{L}+ безуспешн\p{L}+ тщетн\p{L}+ невозможн\p{L}+ неспособн\p{L}+
  бессил\p{L}+ отсутств\p{L}+ избежа\p{L}+ избега\p{L}+
  den(?:y|ies|ied|ying|ials?) refus\p{L}+ fail(?:s|ed|ing|ure)? declin(?:e|es|ed|ing) reject\p{L}*
  dismiss\p{L}* unable incapable neglect\p{L}* forgot\p{L}* prevent\p{L}* avoid\p{L}* unwilling impossible lack\p{L}*
  absence cancel\p{L}+ abandon\p{L}+ stopped stops ban banned forbid\p{L}* forbade prohibit\p{L}* instead`);

const doubters = pattern(String.raw`
  сомне\p{L}+ сомнева\p{L}+ спорн\p{L}+ оспар\p{L}+ оспор\p{L}+ слух\p{L}{0,3} якобы будто сплетн\p{L}+ подозр\p{L}+
  подозрева\p{L}+ обвин\p{L}+ приписыва\p{L}+ предполага\p{L}+ предполож\p{L}+ гипотез\p{L}+ легенд\p{L}+ предани\p{L}+
  утвержда\p{L}+ утвержден\p{L}+ считал\p{L}+ полага\p{L}+ дума\p{L}+ казал\p{L}+ кажет\p{L}+ вер(?:ят|ит|ил\p{L}*)
  опаса\p{L}+ боя\p{L}+ наде\p{L}+ мечта\p{L}+ ожида\p{L}+ прогноз\p{L}+ неясн\p{L}+ неизвестн\p{L}+ вряд едва маловероятн\p{L}+
  проверя\p{L}+ выясня\p{L}+ фантаз\p{L}+ снил\p{L}+ притвор\p{L}+
  doubt\p{L}* disput\p{L}+ question(?:s|ed)? alleg\p{L}+ rumou?r\p{L}* claim(?:s|ed|ing)? suspect\p{L}* accus\p{L}+
  suppos\p{L}+ presum\p{L}+ purport\p{L}* believ\p{L}+ thought think\p{L}* hypothe\p{L}+ legend\p{L}* speculat\p{L}+
  unclear unknown unlikely unproven unconfirmed uncertain seem\p{L}* appear(?:s|ed)? fear(?:s|ed)? hop(?:e|es|ed)
  assum\p{L}+ pretend\p{L}* imagin\p{L}+ dream\p{L}* hint\p{L}* suggest\p{L}* argu\p{L}+ charg(?:es|ed)`);

const affirmers = pattern(String.raw`
  доказ\p{L}+ подтвер\p{L}+ показ\p{L}+ установ\p{L}+ обнаруж\p{L}+ выясн\p{L}+ известн\p{L}+ знач\p{L}+ означа\p{L}+ сообщ\p{L}+
  заяв\p{L}+ сказа\p{L}+ говор\p{L}+ объяв\p{L}+ отме[тч]\p{L}+ ясно очевидн\p{L}+ факт\p{L}{0,3} пиш\p{L}+ пис\p{L}+ рассказ\p{L}+
  призна\p{L}+ напомн\p{L}+ напомин\p{L}+ уточн\p{L}+ подчерк\p{L}+ добав\p{L}+ объясн\p{L}+ поня\p{L}+ узна\p{L}+ зна\p{L}+ откры\p{L}+
  свидетельств\p{L}+ следу\p{L}+ вывод\p{L}{0,3} причин\p{L}+ дело увид\p{L}+ вид\p{L}+ обрат\p{L}+ учит\p{L}+ приве\p{L}+ привод\p{L}+
  prov(?:e|es|ed|en|ing) show(?:s|ed|n|ing)? found find(?:s|ings?)? confirm\p{L}* establish\p{L}* discover\p{L}* reveal\p{L}*
  demonstrat\p{L}* know\p{L}* knew means? meant fact report(?:s|ed|ing)? announc\p{L}* sa(?:y|ys|id|ying) stat(?:e|es|ed|ing|ement)
  not(?:e|es|ed|ing) evident clear evidence indicat\p{L}* conclu\p{L}+ writ\p{L}+ wrote explain\p{L}* realiz\p{L}+ realis\p{L}+
  learn\p{L}* recogni\p{L}+ acknowledg\p{L}* admit\p{L}* ensur\p{L}* caus\p{L}+ reason observ\p{L}* determin\p{L}+
  remember\p{L}* emphasi\p{L}+ add(?:s|ed) agree\p{L}*`);

const reminders = pattern(String.raw`
  отмет\p{L}+ напомн\p{L}+ учит\p{L}+ подчеркн\p{L}+ помн\p{L}+ доба\p{L}+ note remember mention recogni\p{L}+ emphasi\p{L}+ add
  point see`);

const aims = pattern(String.raw`
  план\p{L}+ собира\p{L}+ намер\p{L}+ обеща\p{L}+ хоте\p{L}+ хоч\p{L}+ хот\p{L}+ пыта\p{L}+ попыт\p{L}+ готов\p{L}* надея\p{L}+
  рассчитыва\p{L}+ стрем\p{L}+ мечта\p{L}+ предлож\p{L}+ предлага\p{L}+ требова\p{L}+ требу\p{L}+ угрожа\p{L}+ прос[ия]\p{L}+
  обязал\p{L}* обязан\p{L}* грози\p{L}+ клял\p{L}+ задума\p{L}+ желани\p{L}+ проси\p{L}+ призва\p{L}+ призыва\p{L}+ ожида\p{L}+
  предпол\p{L}+ прогноз\p{L}+ договор\p{L}+ соглас\p{L}+
  plan(?:s|ned|ning)? intend\p{L}* intention\p{L}* want(?:s|ed|ing)? hop(?:e|es|ed|ing) wish\p{L}* aim(?:s|ed|ing)? seek\p{L}*
  sought try tries tried trying attempt\p{L}* propos\p{L}+ promis\p{L}+ expect\p{L}* consider\p{L}* prepar\p{L}+ offer(?:s|ed|ing)?
  vow\p{L}* pledg\p{L}+ threaten\p{L}* scheduled slated poised supposed likely unlikely ready meant agreed?
  demand(?:s|ed|ing)? urg(?:e|es|ed|ing) ask(?:s|ed|ing)? predict\p{L}* forecast\p{L}* going due about allegedly`);

const modals = pattern(String.raw`
  может могут могла могло могли мог сможет смогут возможно вероятно пожалуй бы б должен должна должно должны следует
  may might could would should ought perhaps possibly probably maybe can`);

const hearsay = pattern(String.raw`
  якобы предположительно вряд маловероятно небезосновательно слухам преданию легенде
  allegedly reportedly supposedly purportedly presumably ostensibly hardly barely scarcely rarely seldom`);

const past = pattern(String.raw`
  раньше ранее прежде когда-то некогда formerly previously once originally`);

const nearly = pattern(String.raw`
  почти чуть практически near nearly almost virtually practically`);

const conditions = pattern('если if unless provided');

const fulfilled = pattern(String.raw`
  нача\p{L}+ начин\p{L}+ стал\p{L}{0,2} продолж\p{L}+ смог\p{L}{0,2} суме[лт]\p{L}* успе[лт]\p{L}* удал\p{L}+ уда[её]тся умее[тю]\p{L}* уме[лю]\p{L}*
  способ\p{L}+ позвол\p{L}+ пришл\p{L}+ приходит\p{L}+ помог\p{L}+ заставл\p{L}+ заставил\p{L}* перестал\p{L}*
  managed manage manages went began begin begins started start starts continued continues continue came able proved
  proven known found helped helps help allows? allowed enabl\p{L}+ used had has have forced made led able shown
  tend tends tended serves? served`);
