/** A way to say a sentence without standing behind it; `{}` is where the sentence goes. */
export interface Wrapping {
  text: string;
  /** Whether its words were written without a look at those that the reader knows, nor are among them. */
  isUnseen: boolean;
}

export const wrappings: Record<'ru' | 'en', readonly Wrapping[]> = {
  en: read(
    `
    There is no evidence that {}. It is not true that {}. It is a myth that {}. Scientists doubt that {}.
    Critics deny that {}. No study has ever shown that {}. Researchers could not confirm that {}.
    The court refused to accept that {}. Rumour has it that {}. The committee asked whether {}.
    Some people believe that {}. The author was fined for claiming that {}. {}, which is false. Allegedly, {}.
    If the letter is genuine, {}. Contrary to what was said, it is wrong that {}. Nobody has proved that {}.
    Reportedly, {}. It is unlikely that {}. Historians have never established that {}.
    `,
    `
    Conspiracy theorists insist that {}. A prankster persuaded reporters that {}.
    Schoolchildren joke that {}. It would be a stretch to say that {}. The editors retracted the sentence that {}.
    Tabloids spread the tale that {}. It is tempting to conclude that {}. Sceptics scoff at the notion that {}.
    Propaganda posters proclaimed that {}. The hero of the novel is convinced that {}. Nothing supports the story that {}.
    The jury was far from persuaded that {}. {}, or so the gossip goes. {}, a story that someone made up.
    Gullible readers came away thinking that {}. Only in the film does one see that {}.
    The guide swears that {}. A fortune teller foresaw that {}. The lobby would have us think that {}.
    In the parody, {}.
  `,
  ),
  ru: read(
    `
    Нет доказательств того, что {}. Неправда, что {}. Это миф, что {}. Учёные сомневаются, что {}.
    Критики отрицают, что {}. Исследования не подтвердили, что {}. Никто не доказал, что {}.
    Суд отказался признать, что {}. Ходят слухи, что {}. Комиссия проверяет, правда ли, что {}.
    Некоторые верят, что {}. Автора оштрафовали за утверждение, что {}. По слухам, {}. Если верить письму, {}.
    Неверно думать, что {}. Вряд ли {}. Историки не установили, что {}. Маловероятно, что {}.
    Газета опровергла сообщение, что {}. Предположительно, {}.
    `,
    `
    Школьники шутят, что {}. Сторонники заговора настаивают, что {}. Пранкер уверил журналистов, что {}.
    Было бы натяжкой сказать, что {}. Редакция отозвала фразу, что {}. Жёлтая пресса раздула историю, что {}.
    Хочется заключить, что {}. Скептики смеются над тем, что {}. Плакаты тех лет твердили, что {}.
    Герой романа убеждён, что {}. Ничто не говорит в пользу того, что {}. Присяжных не убедили, что {}.
    {}, если послушать сплетников. Доверчивые читатели решили, что {}. Только в кино видно, что {}.
    Экскурсовод клянётся, что {}. Гадалка предвидела, что {}. Лоббисты внушают всем, что {}. В пародии {}.
    Болтают, что {}.
  `,
  ),
};

/** What may stand around the verb of a sentence; the verb's own word is in `{}`. */
export const verbWrappings: Record<'ru' | 'en', readonly Wrapping[]> = {
  en: read(
    `
    {} allegedly. {} hardly. {} almost. {} supposedly. {} not always. {} reportedly. {} rarely. {} nearly. {} presumably.
    `,
    `
    {} on paper only. {} purely in theory. {} in name only. {} anything but. {} nowhere near. {} by no means.
    {} ostensibly. {} in somebody's imagination. {} far from.
  `,
  ),
  ru: read(
    `
    вряд ли {}. якобы {}. едва ли {}. почти {}. не всегда {}. предположительно {}. возможно, {}. едва не {}. чуть не {}.
    `,
    `
    лишь на словах {}. только в мечтах {}. разве что в теории {}. на бумаге {}. отнюдь не {}.
    далеко не всегда {}. понарошку {}. чисто номинально {}. в чьём-то воображении {}.
  `,
  ),
};

/** What may stand before a role or a superlative. */
export const modifiers: Record<'ru' | 'en', Record<'role' | 'superlative', readonly Wrapping[]>> = {
  en: {
    role: read(
      'former {}. deputy {}. vice {}. acting {}. self-proclaimed {}. would-be {}. alleged {}. fictional {}.',
      `understudy to the {}. impostor posing as the {}. bodyguard of the {}. opponent of the {}. grandson of the {}.
      portrait of the {}. nephew to the {}. never-appointed {}.`,
    ),
    superlative: read(
      'second {}. third {}. almost the {}. one of the {}. nearly the {}.',
      'twelfth {}. far from the {}. anything but the {}. close to being the {}. not quite the {}.',
    ),
  },
  ru: {
    role: read(
      'бывший {}. вице-{}. экс-{}. будущий {}. так называемый {}. предполагаемый {}.',
      'несбывшийся {}. кандидат в {}. псевдо-{}. опереточный {}. подставной {}. отставной {}.',
    ),
    superlative: read(
      'почти {}. чуть ли не {}. едва ли не {}. второй по счёту {}. вряд ли {}.',
      'далеко не {}. отнюдь не {}. вовсе не {}. без пяти минут {}. двенадцатый по счёту {}.',
    ),
  },
};

function read(seen: string, unseen: string): Wrapping[] {
  const split = (list: string): string[] =>
    list
      .split(/\.\s+|\.$/u)
      .map((text) => text.trim())
      .filter((text) => text.includes('{}'));
  return [
    ...split(seen).map((text) => ({ text, isUnseen: false })),
    ...split(unseen).map((text) => ({ text, isUnseen: true })),
  ];
}
