import type { RankedPassage } from '../../retrieval/passage.ts';
import { makePassage } from './passage.ts';

/** Four pages of three passages each, as ranked passages, in Russian and in English. */
export const russianCorpus: readonly RankedPassage[] = corpus('ru', {
  Волга: [
    'Волга — река в европейской части России, одна из крупнейших рек на Земле. Длина Волги составляет 3530 километров. Площадь её бассейна — 1,36 миллиона квадратных километров.',
    'Волга берёт начало на Валдайской возвышенности, у деревни Волговерховье Тверской области. Впадает она в Каспийское море, образуя большую дельту.',
    'Судоходство на реке длится около двухсот дней в году. В нижнем течении ловят осетра и воблу.',
  ],
  'Завод имени Лебедева': [
    'Завод имени Лебедева построили в 1932 году на левом берегу Камы. Первым директором завода стал инженер Павел Игнатьев. К концу первого года здесь работало 480 человек.',
    'Завод делал турбины для небольших электростанций. Во время войны он выпускал насосы, а в 1951 году вернулся к турбинам.',
    'При заводе открыли музей, в котором стоит первая турбина. Вход в музей стоит 150 рублей, по средам бесплатный.',
  ],
  Метроном: [
    'Метроном — прибор, который отмечает короткие промежутки времени равномерными ударами. Музыканты пользуются им, чтобы держать темп.',
    'Механический метроном запатентовал Иоганн Мельцель в 1815 году. До него похожий прибор построил Дитрих Винкель в Амстердаме.',
    'Темп обозначают числом ударов в минуту. Почти все метрономы бьют от 40 до 208 раз в минуту.',
  ],
  'Озеро Тихое': [
    'Озеро Тихое лежит в ста километрах к северу от города. Наибольшая глубина озера — 37,6 метра.',
    'Вода в озере прозрачна на восемь метров. Зимой его лёд достигает метра в толщину.',
    'На берегу стоит биологическая станция. Её сотрудники с 1978 года наблюдают за птицами.',
  ],
});

export const englishCorpus: readonly RankedPassage[] = corpus('en', {
  'The Harrow Bridge': [
    'The Harrow Bridge crosses the river Wend at Larkstone. It was designed by the engineer Mary Ashdown and opened in 1887. The bridge is 412 metres long and carries two railway tracks.',
    'Its arches are made of iron, because steel was too dear at the time. A storm damaged the eastern arch in 1903.',
    'Walkers may cross it free of charge on Sundays. The view reaches as far as the coast.',
  ],
  'The tidal clock': [
    'A tidal clock is an instrument that shows the time until the next high tide. It has one hand, which goes round in 12 hours and 25 minutes.',
    'The first tidal clocks were built in Bristol by Thomas Farrow in the 1680s. Fishermen hung them beside the harbour.',
    'Today they are mostly bought as gifts. A simple one costs about 30 pounds.',
  ],
  'The grey finch': [
    'The grey finch is a small bird that lives in the pine forests of Norland. It weighs 14 grams and eats seeds.',
    'Grey finches build their nests in May. The female lays four to six eggs, which hatch after 13 days.',
    'In 1996 there were some 22,000 pairs. Their number has fallen since, because the old forests are cut down.',
  ],
  'Larkstone College': [
    'Larkstone College was founded in 1921 as a school for weavers. It has 3,400 students and 210 teachers.',
    'The library holds the letters of the painter Edwin Crale. They were given to it by his daughter in 1954.',
    'Its choir sings in the old chapel every Friday. Visitors are welcome.',
  ],
});

function corpus(
  language: 'ru' | 'en',
  pages: Readonly<Record<string, readonly string[]>>,
): RankedPassage[] {
  return Object.entries(pages).flatMap(([title, texts], page) =>
    texts.map((text, position) => ({
      ...makePassage({
        id: `00000000-0000-4000-8000-${String(page * 100 + position).padStart(12, '0')}`,
        pageUrl: `https://${language}.example/${page}`,
        title,
        language,
        position,
        text,
      }),
      score: 1,
    })),
  );
}
