/**
 * Abbreviations of Russian and English by what may come after their full stop. In lower case,
 * without that full stop, parts joined: «т. д.» is `т.д`.
 */

/** After a number they may end a sentence: «в 1990 г. Он …» does, «г. Москва» does not. */
export const endsAfterNumber = wordSet(`
  г гг в вв с д ч м км кг см мм га мин сек сут нед мес кал квт мвт гвт вт гц кгц мгц ггц
`);

/** They stand at the end of what they belong to, and so often at the end of a sentence. */
export const endsFreely = wordSet(`
  т.д т.п др пр н.э э руб коп долл тыс млн млрд трлн чел экз шт л.с
  etc al a.m p.m am pm b.c a.d b.c.e c.e
`);

/** Only a number may follow them. */
export const beforeNumber = wordSet(`
  рис табл илл стр гл no nos vol vols fig figs eq eqs sec pp тел art ver
`);

/** After these the sentence always goes on. */
export const neverEnds = wordSet(`
  т.е т.к т.н т.о и.о т.ч в.т.ч см ср напр англ нем фр лат греч e.g i.e vs viz cf mr mrs ms messrs dr
`);

/** After these it goes on unless a word follows that begins sentences. */
export const abbreviations = wordSet(`
  т е им ул пер просп пр-т пл наб обл респ р-н р оз с ст п пп прим кв пос пгт дер х ш б-р мкр корп
  тов гр дж вл рус кит яп исп итал тур укр польск сокр букв проф акад доц канд д-р г-н г-жа
  св свв прп ген адм кап полк подп лейт серж изд ред гл.ред отв авт сост вып зам зав нач пред
  сов гос мин макс мл ок род ум ф к о по жен муж кон сер соч собр пол напр в/ч
  янв февр апр авг сент окт нояб дек бывш урожд тж перен разг устар
  prof st gen col lt sgt capt maj cmdr adm rev hon sen rep gov pres supt
  ch p ed eds approx ca c est dept univ mt mts ft ave blvd rd sq
  jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri
  ph.d m.d b.sc m.sc b.a m.a u.s u.k v trans repr incl excl max inc ltd co corp bros jr sr llc plc
`);

/** Words, besides the stop words, that with a capital begin a sentence and are hardly ever names. */
export const sentenceOpeners = wordSet(`
  однако потом затем впрочем кроме например среди вместе сегодня сейчас теперь именно поскольку благодаря
  несмотря согласно вскоре наконец вначале сначала позже позднее ранее раньше некоторые многие большинство
  иногда обычно конечно возможно видимо впервые всего никто ничто кстати итак следовательно хоть
  many most several although though since because however therefore thus meanwhile despite according
  unlike later today yet nobody everyone everybody nevertheless moreover furthermore finally currently
  instead perhaps sometimes often usually another
`);

function wordSet(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/u));
}
