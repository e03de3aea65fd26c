import { describe, expect, test } from 'vitest';

import { checkSupport } from '../../../citations/support.ts';

describe('a claim in other words than its source', () => {
  test.each([
    ['Длина трассы — 1600 м.', 'Длина трассы составляет 1,6 км.'],
    ['Длина трассы — 1,6 км.', 'Длина трассы — 1600 метров.'],
    ['The bridge is 1,600 m long.', 'The bridge is 1.6 km long.'],
    ['It weighs 2.5 tonnes.', 'It weighs 2,500 kg.'],
    ['В школе сто пятьдесят учеников.', 'В школе 150 учеников.'],
    ['В школе 150 учеников.', 'В школе сто пятьдесят учеников.'],
    ['One hundred and fifty people came.', '150 people came.'],
    ['Two thirds of voters agreed.', '2/3 of voters agreed.'],
    ['Население — более 5 млн человек.', 'Население — 5,2 млн человек.'],
    ['Население — около 5 млн человек.', 'Население — 4,98 млн человек.'],
    ['It was founded in the nineteenth century.', 'It was founded in the 19th century.'],
    ['Город основан в XIX веке.', 'Город основан в 19-м веке.'],
    ['Это случилось в мае 2024 года.', 'Это случилось 12 мая 2024 года.'],
    ['Это случилось 12.05.2024.', 'Это случилось 12 мая 2024 года.'],
    ['It happened on 2024-05-12.', 'It happened on May 12, 2024.'],
    ['It happened in 2024.', 'It happened on May 12, 2024.'],
    ['Python 3.12 вышел в октябре.', 'Python 3.12 вышел в октябре.'],
    ['Россию победила Швеция.', 'Швеция победила Россию.'],
    ['Толстого поддержал Чехов.', 'Чехов поддержал Толстого.'],
    ['Он сказал: «Мы победим завтра».', '«Мы победим завтра», — сказал он.'],
    ['Скидка от 5 до 10 процентов.', 'Скидка 5–10 %.'],
    ['Илья Репин написал картину в 1885 году.', 'И. Репин написал картину в 1885 году.'],
    ['Elon Musk founded SpaceX.', 'SpaceX was founded by Elon Musk.'],
    ['Сумма — $3,5 млрд.', 'Сумма — 3,5 миллиарда долларов.'],
    ['Это стоит 3 500 рублей.', 'Это стоит 3,5 тыс. руб.'],
    ['Скорость — 90 км/ч.', 'Скорость — 90 километров в час.'],
  ])('is supported: %s << %s', (claim, text) => {
    expect(verdictOf(claim, text)).toBe('supported');
  });

  test.each([
    ['Это случилось 12 мая 2024 года.', 'Это случилось в мае 2024 года.'],
    ['Python 3.11 вышел в октябре.', 'Python 3.12 вышел в октябре.'],
    ['Qwen v2.5 is open.', 'Qwen v2.0 is open.'],
    ['Google купила YouTube в 2006 году.', 'YouTube купила Google в 2006 году.'],
    ['Россия победила Швецию.', 'Россию победила Швеция.'],
    ['Россия победила Швецию.', 'Швеция победила Россию.'],
    ['Толстой поддержал Чехова.', 'Чехов поддержал Толстого.'],
    ['Цены выше, чем в Москве.', 'Цены ниже, чем в Москве.'],
    ['It is the highest tower in Europe.', 'It is the lowest tower in Europe.'],
    ['Это самый высокий дом города.', 'Это самый низкий дом города.'],
    ['Встреча прошла до выборов.', 'Встреча прошла после выборов.'],
    ['Он сказал: «Мы победим завтра».', 'Он сказал: «Мы победили вчера».'],
    ['Elon Musk founded SpaceX.', 'SpaceX was founded by Jeff Bezos.'],
    ['Microsoft bought Activision.', 'Activision bought Microsoft.'],
    ['Скорость — 90 км/ч.', 'Скорость — 90 м/с.'],
    ['Компания никогда не платила налоги.', 'Компания всегда платила налоги.'],
    ['All members voted for it.', 'No members voted for it.'],
    ['Выручка выросла на 12%.', 'Выручка упала на 12%.'],
    ['He is alive.', 'He is dead.'],
    ['Проект закрыт.', 'Проект открыт.'],
  ])('is not supported where it says another thing: %s << %s', (claim, text) => {
    expect(verdictOf(claim, text)).not.toBe('supported');
    expect(verdictOf(text, text)).toBe('supported');
  });

  test.each([
    ['Длина трассы — 1500 м.', 'Длина трассы — 1,6 км.'],
    ['Население — более 6 млн человек.', 'Население — 5,2 млн человек.'],
    ['Доля выросла на 5 процентных пунктов.', 'Доля выросла на 5 процентов.'],
    ['Скидка 5–15 %.', 'Скидка 5–10 %.'],
  ])('is contradicted by another figure: %s << %s', (claim, text) => {
    expect(verdictOf(claim, text)).toBe('contradicted');
  });
});

function verdictOf(claim: string, text: string): string {
  return checkSupport(claim, [{ text, title: '', heading: null }]).verdict;
}
