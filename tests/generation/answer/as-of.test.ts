import { expect, test } from 'vitest';

import type { CitedSentence } from '../../../citations/citation.ts';
import { asOf, type AsOf } from '../../../generation/answer/as-of.ts';
import { citedSource } from '../../support/answer-report.ts';

test.each([
  ['Какая последняя версия Node?', 'Последняя версия Node — 26.1.'],
  ['Сколько стоит подписка?', 'Подписка стоит 1200 рублей.'],
  ['Какое население Казани?', 'Население Казани — 1,3 млн человек.'],
  ['Сколько пользователей у сервиса?', 'У сервиса 30 млн пользователей.'],
  ['Какой сейчас курс доллара?', 'Курс доллара — 81 рубль.'],
  ['Кто президент Франции?', 'Президент Франции — Эмманюэль Макрон.'],
  ['Какая самая популярная модель?', 'Самая популярная модель — GigaChat.'],
  ['Какое население Непала?', 'Население Непала — 30 млн человек.'],
  ['какое население сомали', 'Население Сомали — 18 млн человек.'],
  ['Кто президент Сенегала?', 'Президент Сенегала — Бассиру Фай.'],
  ['Сколько стоит виза на Бали?', 'Виза на Бали стоит 35 долларов.'],
  ['сколько стоит детское мыло', 'Мыло стоит 50 рублей.'],
  ['Сколько подписчиков у канала?', 'У канала 40 тысяч подписчиков.'],
  ['Какая погода в Казани?', 'В Казани дождь.'],
  ['Какая температура в Казани?', 'В Казани 5 градусов тепла.'],
  ['Какая ключевая ставка ЦБ?', 'Ключевая ставка — 21%.'],
  ['Ставка по ипотеке', 'Ставка по ипотеке — 20%.'],
  ['курс юаня', 'Юань стоит 11,2 рубля.'],
  ['Сколько лет Путину?', 'Путину 72 года.'],
  ['сколько лет алле пугачёвой', 'Алле Пугачёвой 76 лет.'],
  ['Сколько Трампу лет?', 'Трампу 79 лет.'],
  ['Инфляция в России', 'Инфляция в России — 9%.'],
  ['МРОТ', 'МРОТ — 22 440 рублей.'],
  ['Чемпион мира по шахматам', 'Чемпион мира — Гукеш Доммараджу.'],
  ['Сколько параметров у последней модели DeepSeek?', 'У DeepSeek-V3 671 млрд параметров.'],
  ['Какая нейросеть самая мощная?', 'Самая мощная нейросеть — GPT-5.'],
  ['How old is Biden?', 'Biden is 82 years old.'],
  ['inflation rate in Russia', 'Inflation in Russia is 9%.'],
  ['What is the weather in London?', 'It is raining in London.'],
  ['What is the best open model?', 'The best open model is Kimi K2.'],
  ['Who is the current champion?', 'It is Magnus Carlsen.'],
  ['What is the latest version of Node?', 'The latest version of Node is 26.1.'],
  ['How much does the plan cost?', 'The plan costs $20 a month.'],
  ['What is the population of Kazan?', 'The population of Kazan is 1.3 million.'],
  ['Who is the CEO of Acme?', 'The CEO of Acme is Ann Lee.'],
  ['Which model is the most popular?', 'The most popular model is GigaChat.'],
])('the time of an answer counts: %s', (question, text) => {
  expect(answer(question, text)).toEqual({ source: 1, date: '2025-03-04' });
});

test.each([
  ['Почему небо голубое?', 'Молекулы воздуха рассеивают синий свет.'],
  ['Кто открыл пенициллин?', 'Пенициллин открыл Александр Флеминг.'],
  ['Какова глубина Байкала?', 'Глубина Байкала — 1642 метра.'],
  ['Какое было население Казани в 1897 году?', 'Население Казани — 130 тысяч человек.'],
  ['Кто был первым президентом России?', 'Первым президентом России был Борис Ельцин.'],
  ['Когда появилась последняя версия?', 'Она появилась 3 мая 2024 года.'],
  ['Сколько параметров у DeepSeek-V3?', 'У DeepSeek-V3 671 млрд параметров.'],
  ['Какая цена у свободы?', 'Свобода требует ответственности.'],
  ['Сколько стоил биткоин тогда?', 'Биткоин стоил 42 000 долларов.'],
  ['сколько стоило мыло', 'Мыло стоило 5 копеек.'],
  ['Какая цена была у мыла?', 'Цена была 5 копеек.'],
  ['Сколько жителей города переехало?', 'Переехало 40 тысяч человек.'],
  ['Сколько лет живут кошки?', 'Кошки живут 15 лет.'],
  ['Сколько лет шла война?', 'Война шла 4 года.'],
  ['Что такое инфляция?', 'Инфляция — рост цен.'],
  ['Какая самая быстрая птица?', 'Самая быстрая птица — сапсан.'],
  ['Какова цена победы?', 'Цена победы велика.'],
  ['How many parameters does DeepSeek-V3 have?', 'It has 671 billion parameters.'],
  ['Who was the president of France?', 'The president of France was Charles de Gaulle.'],
  ['What was the population of Kazan in 1897?', 'It was 130 thousand.'],
  ['Who discovered penicillin?', 'Alexander Fleming discovered penicillin.'],
  ['Who is the author of Dune?', 'The author of Dune is Frank Herbert.'],
])('the time of an answer does not count: %s', (question, text) => {
  expect(answer(question, text)).toBeNull();
});

test('a page without a date has none, and an answer without a source tells nothing', () => {
  const question = 'Какое население Казани?';
  const text = 'Население Казани — 1,3 млн человек.';
  expect(answer(question, text, null)).toEqual({ source: 1, date: null });
  expect(asOf(question, { sentences: [sentence(text, [])], sources: [] })).toBeNull();
});

function answer(
  question: string,
  text: string,
  publishedAt: string | null = '2025-03-04',
): AsOf | null {
  const sources = [citedSource(1, { publishedAt }), citedSource(2, { publishedAt: '2020-01-01' })];
  return asOf(question, { sentences: [sentence(text, [1, 2])], sources });
}

function sentence(text: string, citations: number[]): CitedSentence {
  return { text, citations, quotes: [], support: 1, verdict: 'supported' };
}
