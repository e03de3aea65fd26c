/**
 * English verbs whose other forms no stemmer brings together: form → base. «When did it begin?» must
 * meet "It began in 1914".
 */
export const baseOfIrregularForm: ReadonlyMap<string, string> = new Map(
  `arise arose arisen|awake awoke awoken|bear bore borne|beat beaten|become became|begin began begun|
   bend bent|bind bound|bite bit bitten|blow blew blown|break broke broken|breed bred|bring brought|
   build built|burn burnt|buy bought|catch caught|choose chose chosen|cling clung|come came|
   creep crept|deal dealt|die death|dig dug|draw drew drawn|dream dreamt|drink drank drunk|
   drive drove driven|eat ate eaten|fall fell fallen|feed fed|feel felt|fight fought|find found|
   flee fled|fly flew flown|forbid forbade forbidden|forget forgot forgotten|forgive forgave forgiven|
   freeze froze frozen|get got gotten|give gave given|go went gone|grind ground|grow grew grown|
   hang hung|hear heard|hide hid hidden|hold held|keep kept|know knew known|lay laid|lead led|
   leave left|lend lent|lie lain|light lit|lose lost|make made|mean meant|meet met|pay paid|
   prove proven|ride rode ridden|ring rang rung|rise rose risen|run ran|say said|see saw seen|
   seek sought|sell sold|send sent|shake shook shaken|shine shone|shoot shot|show shown|
   shrink shrank shrunk|sing sang sung|sink sank sunk|sit sat|sleep slept|slide slid|speak spoke spoken|
   spend spent|spin spun|spring sprang sprung|stand stood|steal stole stolen|stick stuck|
   strike struck|swear swore sworn|sweep swept|swim swam swum|swing swung|take took taken|
   teach taught|tear tore torn|tell told|think thought|throw threw thrown|understand understood|
   undergo underwent undergone|wake woke woken|wear wore worn|weave wove woven|win won|
   wind wound|withdraw withdrew withdrawn|write wrote written`
    .split('|')
    .map((line) => line.trim().split(/\s+/u))
    .flatMap(([base, ...forms]) => forms.map((form) => [form, base ?? form] as const)),
);
