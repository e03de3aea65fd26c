/** Pages as sites serve them, with the clutter that surrounds text on the web. */
export const webPages = {
  volga: page({
    lang: 'ru',
    title: 'Волга',
    paragraphs: [
      'Волга — река в европейской части России, одна из крупнейших рек на Земле и самая длинная в Европе. Длина Волги составляет 3530 км, а площадь её бассейна — 1,36 млн км².',
      'Волга берёт начало на Валдайской возвышенности, у деревни Волговерховье Тверской области, на высоте 228 метров над уровнем моря. Впадает река в Каспийское море, уровень которого лежит на 28 метров ниже уровня океана.',
      'На берегах Волги стоят Нижний Новгород, Казань, Самара и Волгоград. Судоходство на реке длится около двухсот дней в году, от апреля до ноября.',
    ],
  }),
  baikal: page({
    lang: 'ru',
    title: 'Байкал',
    paragraphs: [
      'Байкал — озеро тектонического происхождения в южной части Восточной Сибири. Наибольшая глубина Байкала — 1642 метра, и глубже озера на планете нет.',
      'В озеро впадает более трёхсот рек и ручьёв, а вытекает из него одна Ангара. В Байкале хранится около пятой части мировых запасов пресной воды.',
    ],
  }),
  penicillin: page({
    lang: 'en',
    title: 'The discovery of penicillin',
    paragraphs: [
      'Penicillin was discovered by Alexander Fleming in 1928 at St Mary’s Hospital in London. A mould had settled on a plate of bacteria that he had left by the window, and around it nothing grew.',
      'Howard Florey and Ernst Chain turned it into a medicine in Oxford during the war. In 1945 the three men shared the Nobel Prize in Physiology or Medicine.',
    ],
  }),
  lighthouse: page({
    lang: 'en',
    title: 'The Eddystone Lighthouse',
    paragraphs: [
      'The Eddystone Lighthouse stands on rocks some 14 kilometres south of Cornwall. The present tower was designed by James Douglass and lit in 1882; it is 49 metres tall.',
      'It was the first offshore lighthouse of Trinity House to be made automatic, in 1982. A platform for helicopters was built above its lantern two years earlier.',
    ],
  }),
};

/** Questions that the pages above answer, and a word that the answer must hold. */
export const answeredQuestions = {
  volga: { question: 'Какова длина Волги?', answer: '3530' },
  baikal: { question: 'Какова наибольшая глубина Байкала?', answer: '1642' },
  penicillin: { question: 'Who discovered penicillin?', answer: 'Fleming' },
  lighthouse: { question: 'How tall is the Eddystone Lighthouse?', answer: '49 metres' },
};

export interface PageSketch {
  lang: 'ru' | 'en';
  title: string;
  /** When it was published, ISO 8601; a page may not say. */
  date?: string;
  /** Markup. */
  paragraphs: readonly string[];
}

/** An article with a menu above it and a footer below. */
export function page({ lang, title, date, paragraphs }: PageSketch): string {
  const body = paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('\n');
  const published =
    date === undefined ? '' : `<meta property="article:published_time" content="${date}">`;
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>${title}</title>${published}</head>
<body><nav><a href="/">1</a> <a href="/all">2</a></nav>
<main><article><h1>${title}</h1>
${body}
</article></main><footer><a href="/imprint">3</a></footer></body></html>`;
}
