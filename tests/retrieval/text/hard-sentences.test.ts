import { describe, expect, it } from 'vitest';

import { splitSentences } from '../../../retrieval/text/sentences.ts';

/** Each line is one text; a bar stands where one sentence ends and the next begins. */
const texts = {
  'years, centuries and units': `
    Он родился в 1990 г. | Его отец был врачом.
    В 1812 г. Наполеон вошёл в Москву. | Город горел.
    Война шла в 1939–1945 гг. | Она унесла миллионы жизней.
    Замок построен в XIV в. | Стены его толстые.
    Это было в 1970-е гг. | Москва тогда росла.
    До Рождества, в 44 г. до н. э., в Риме убили Цезаря. | Началась война.
    Вес машины — 1200 кг. | Длина — 4 м. | Она быстрая.
    Ротор делает 1500 об/мин. | Мощность растёт.
    Скорость света 300 000 км/с. | Быстрее ничего нет.
    Варить 5 мин. | Затем снять с огня.
    Сеть выросла до 100 Гбит/с. | В октябре её открыли.
    Площадь — 300 тыс. га. | Население — 5 млн чел. | Плотность мала.
    Хранить при −5 °C. | Беречь от света.
    Двигатель даёт 150 л. с. | Расход мал.
  `,
  'abbreviations of Russian': `
    Он живёт в г. Москве на ул. Ленина, д. 5, корп. 2, кв. 12. | Дом старый.
    Это т. е. Москва и т. п. города. | Там шумно.
    Яблоки, груши и т. д. | Всё это растёт в саду.
    Яблоки, груши и т.д. | Всё это растёт в саду.
    Писатели, художники и др. | Они собирались по средам.
    Библиотека им. Ленина открыта. | Вход свободный.
    Билет стоит 500 руб. | Детям скидка.
    Бюджет — 3 млрд руб. | Половину дал город.
    Доход вырос до 2 млн долл. | Это рекорд.
    Смотри рис. 5 и табл. 2. | Там всё видно.
    Об этом см. гл. 3, стр. 12. | Там подробно.
    Доклад сделали акад. Павлов и проф. Иванов. | Зал аплодировал.
    Собор св. Петра стоит в Риме. | Он огромен.
    На о. Сахалин течёт р. Тымь. | Она мелкая.
    Вышло в изд. Наука под ред. Петрова. | Тираж мал.
    Сб. ст. вышел в 2010 г. | Его быстро раскупили.
    Слово происходит от лат. Aqua. | Так звали воду.
    Многие, напр. Толстой, писали дневники. | Их издали.
    Байкал (бур. Байгал далай) — озеро. | Оно глубокое.
    Тел. 8 800 555 35 35. | Звонок бесплатный.
    Он канд. техн. наук. | Пишет книгу.
    Рим основан в 753 г. до н. э. | Однако споры идут.
    Т. е. Москва победила. | Все рады.
    В т. ч. Арбат закрыли. | Надолго.
  `,
  'abbreviations of English': `
    Use a tool, e.g. Python. | It helps.
    It is simple, i.e. Anyone can do it. | Try.
    Dr. Smith met Mrs. Jones at St. Mary. | They talked.
    See No. 5 and Fig. 3. | They differ.
    It is shown in Fig. 3 on pp. 10–12. | Look there.
    Is there more? | No. | He left.
    The U.S. Army left. | It was June.
    He lives in the U.S. | He works there.
    He moved to the U.S. | Many followed.
    Apple Inc. CEO Tim Cook spoke. | Everybody listened.
    She works for Acme Corp. | The pay is good.
    In Brown v. Board of Education the court ruled. | It changed schools.
    It opens at 9 a.m. | It closes at 5 p.m. | Come early.
    Smith et al. (2020) disagree. | Others agree.
    Bring bread, salt, etc. | Then start.
    He came on Jan. 5. | She came on Feb. 7.
    She has a Ph.D. | Her brother has none.
    Lt. Col. Brown met Gov. Reed. | They agreed.
    It costs approx. 5 dollars. | That is cheap.
    Washington, D.C. | The capital.
    The temperature, max. 30 degrees, fell. | It rained.
    Cats vs. Dogs is a game. | Play it.
    It happened in 44 B.C. | Rome was shaken.
    He was born c. 1455. | He died young.
  `,
  'initials and names': `
    А. С. Пушкин родился в Москве. | Его знают все.
    А.С. Пушкин родился в Москве. | Его знают все.
    Роман написал Ф. М. Достоевский. | Он знаменит.
    МГУ им. М. В. Ломоносова стоит на горах. | Там учатся.
    J. R. R. Tolkien wrote it. | It sold well.
    John F. Kennedy was shot in Dallas. | The world mourned.
    J. A. Hobson wrote about empire. | Lenin read him.
    Дж. Р. Р. Толкин жил в Оксфорде. | Он был филологом.
    Arley D. Cathey and T. S. Eliot met. | They talked.
    В нём много витамина C. | Он полезен.
    Правил Пётр I. | Россия росла.
    Людовик XIV. | Король-солнце.
    Пусть a × b = c. | Решение просто.
    У него вторая группа крови, у неё группа B. | Они здоровы.
  `,
  'numbers, versions, addresses, files': `
    Число пи равно 3.14. | Оно иррационально.
    Цена выросла на 3,5%. | Спрос упал.
    Версия v2.0.1 вышла 05.11.2024. | Её ждали.
    Вышла v2.0.1. | Её ждали.
    Python 3.12 is out. | Use it.
    Откройте файл readme.md. | Прочтите его.
    Файл config.yaml лежит в /etc/app.d/main.conf. | Правьте его.
    Сайт example.com закрыт. | Ищите копию.
    Смотрите https://example.com/a.html?b=c.d. | Там есть всё.
    Пишите на ivan.petrov@example.com. | Ответим.
    Node.js, .NET и ASP.NET живы. | Пока.
    Сервер 192.168.0.1 молчит. | Проверьте кабель.
    Слушайте на Яндекс.Музыке. | Там есть всё.
    Call fmt.Println or System.Out.Print. | Both work.
    Встреча в 10.30. | Не опаздывайте.
    Всего было 50. | 12 из них ушли.
    Он ушёл. | 12 мая он вернулся.
    The price is $5. | 3 of 4 agree.
    Модель весит 4.5 ГБ. | Места хватит.
  `,
  'no blank after a full stop': `
    Он ушёл.| Потом вернулся.
    Вышел новый закон.| Он строже.| Его обсуждали.
    Дом построен в 1990 году.| Сейчас там музей.
    Это случилось в 1990.| Потом всё стихло.
    Как же так?| Никто не знал.
    Ура!| Победа!| Все рады.
    Он думал...| Потом ушёл.
    Он думал…| Потом ушёл.
    «Я иду.»| Она молчала.
    (Так считают многие.)| Но не все.
    He left.| Then he came back.
    It works.| The rest is easy.
  `,
  'ellipses and repeated marks': `
    Он… не знал. | Никто не знал.
    Тишина… | Потом шаги.
    Тишина... | Потом шаги.
    ... Потом он ушёл. | Все молчали.
    Что?! | Не может быть!!! | Правда?..
    Да?.. | Ладно.
    Well... maybe not. | We shall see.
    Он сказал (...) что придёт. | И пришёл.
    Текст сокращён […] здесь. | Читайте дальше.
  `,
  'direct speech and quotations': `
    «Иду!» — сказал он. | Она молчала.
    «Иду», — сказал он. | Она молчала.
    — Куда ты? — спросила она. | — Домой.
    — Иди! — крикнул он. | — Быстро! | Она побежала.
    Он крикнул: «Стой!» | Все встали.
    Он сказал: «Иду.» | Она ушла.
    Он спросил: «Кто там?», но никто не ответил. | Было тихо.
    Игру «Что? Где? Когда?» смотрят все. | Она старая.
    Роман «Кто виноват?» написал Герцен. | Его читают.
    "Stop!" he said. | She did.
    "Go." | She went.
    He said, "I will go." | She stayed.
    “Is it so?” she asked. | “It is.”
    Yahoo! was sold in 2017. | Few noticed.
    'Really?' | 'Yes.'
    Он ответил: „Да!“ | И ушёл.
  `,
  brackets: `
    Он ушёл (и не вернулся). | Все ждали.
    Город (осн. в 1147 г. Юрием) вырос. | Он велик.
    (Так было раньше.) | Теперь иначе.
    Группа признана (страны спорят. Не все согласны) террористической. | Суд решил.
    Их не признают (по мнению ООН.) | Группа действует.
    The lake (See the map. It is old) is deep. | Swim there.
    Так считают все. [нет источника] | Но это спорно.
    This is so.[citation needed] | Others disagree.
    He went.[1][2] | Then night.[12] | End.
    Он ушёл.¹ | Потом вернулся.
  `,
  'lists and labels': `
    1. Первый пункт. | 2. Второй пункт. | 3. Третий.
    1) Первый пункт. | 2) Второй пункт.
    а) первый пункт; б) второй пункт; в) третий.
    a. First part. | b. Second part.
    1.2. Область применения. | Закон действует.
    II. Методы исследования. | Взяли пробы.
    Состав: 1. Мука. | 2. Сахар.
    Рис. 5. Схема завода. | Цех показан слева.
    Рисунок 2. Карта. | Масштаб указан.
    Глава 3. Введение в тему. | Начнём.
    Статья 12. Права человека. | Каждый имеет право.
    Table 3. Results of the run. | Best are bold.
    Step 1. Open the lid. | Step 2. Pour water.
    § 5. Общие положения. | Они важны.
  `,
  'small letters and smileys': `
    It was shown in June. | iPhone sales rose.
    Её показали в июне. | iPhone подорожал.
    Набор вышел. | ruIFEval проверяет модели.
    у меня проблема. | ноутбук греется. | помогите
    Мы победили! 🎉 | Завтра праздник.
    Мы победили 🎉 | Завтра праздник.
    Спасибо! 🙏🏻 | Приду завтра.
    Great news! 🎉🎉 | We won.
    I ❤ Paris. | You too.
    Он ушёл :) | Потом вернулся.
    Всё готово ✅ | Можно начинать.
  `,
};

const cases = Object.entries(texts).map(([kind, lines]) => ({
  kind,
  lines: lines.trim().split(/\n\s*/u),
}));

describe.each(cases)('sentences with $kind', ({ lines }) => {
  it.each(lines)('%s', (line) => {
    const text = line.replaceAll(' | ', ' ').replaceAll('| ', '');
    const sentences = splitSentences(text).map((sentence) => sentence.text);
    expect(sentences).toEqual(line.split(/ ?\| /u));
  });
});

it('are judged by at least 120 labelled texts', () => {
  expect(cases.flatMap(({ lines }) => lines).length).toBeGreaterThanOrEqual(120);
});

describe('a megabyte of', () => {
  it.each([
    ['full stops', '.'.repeat(1_000_000)],
    ['full stops and blanks', '. '.repeat(500_000)],
    ['letters without a blank', 'я'.repeat(1_000_000)],
    ['initials', 'А. '.repeat(333_000)],
    ['small initials', 'а. '.repeat(333_000)],
    ['open brackets', '(а. Б '.repeat(160_000)],
    ['open quotations', '«Да! Нет? '.repeat(100_000)],
    ['smileys', 'а 🎉 '.repeat(200_000)],
    ['joined smileys', '🎉'.repeat(250_000)],
    ['blanks before a note', `.${' '.repeat(999_000)}[нет`],
    ['sentences without blanks', 'Слово.Слово.'.repeat(80_000)],
  ])('%s takes time in proportion', (_name, text) => {
    const startedAt = performance.now();
    splitSentences(text);
    expect(performance.now() - startedAt).toBeLessThan(4000);
  });
});
