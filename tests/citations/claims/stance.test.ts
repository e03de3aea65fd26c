import { describe, expect, test } from 'vitest';

import { readStance } from '../../../citations/claims/stance.ts';
import { readStatement } from '../../../citations/statement.ts';
import { checkSupport } from '../../../citations/support.ts';

function stanceOf(sentence: string, claim: string): string | null {
  return readStance(readStatement(claim), readStatement(sentence));
}

function verdictOf(claim: string, text: string): string {
  return checkSupport(claim, [{ text, title: '', heading: null }]).verdict;
}

describe('what a sentence says its claim to be', () => {
  test.each([
    ['Неправда, что слоны боятся мышей.', 'Слоны боятся мышей.'],
    ['Учёные опровергли, что слоны боятся мышей.', 'Слоны боятся мышей.'],
    ['It is not true that elephants fear mice.', 'Elephants fear mice.'],
    ['It is a myth that elephants fear mice.', 'Elephants fear mice.'],
    ['Завод не смог выпустить спутник в 2019 году.', 'Завод выпустил спутник в 2019 году.'],
    ['The plant failed to release the satellite.', 'The plant released the satellite.'],
    ['The plant was unable to release the satellite.', 'The plant released the satellite.'],
  ])('denied: %s', (sentence, claim) => {
    expect(stanceOf(sentence, claim)).toBe('denied');
  });

  test.each([
    ['Нет никаких доказательств, что слоны боятся мышей.', 'Слоны боятся мышей.'],
    ['Опыты не подтвердили, что слоны боятся мышей.', 'Слоны боятся мышей.'],
    ['Дрессировщик отрицает, что слоны боятся мышей.', 'Слоны боятся мышей.'],
    ['Жители гадают, что слоны боятся мышей.', 'Слоны боятся мышей.'],
    ['There is no evidence that elephants fear mice.', 'Elephants fear mice.'],
    ['Keepers doubt that elephants fear mice.', 'Elephants fear mice.'],
    ['Visitors joke that elephants fear mice.', 'Elephants fear mice.'],
    ['Do elephants fear mice?', 'Elephants fear mice.'],
    ['Завод планирует выпустить спутник в 2019 году.', 'Завод выпустил спутник в 2019 году.'],
    ['Завод вряд ли выпустит спутник в 2019 году.', 'Завод выпустит спутник в 2019 году.'],
    ['The plant hoped to release the satellite.', 'The plant released the satellite.'],
    ['The plant reportedly released the satellite.', 'The plant released the satellite.'],
    ['The plant may have released the satellite.', 'The plant released the satellite.'],
    ['If paid, the plant will release the satellite.', 'The plant will release the satellite.'],
    ['The plant almost lost the satellite.', 'The plant lost the satellite.'],
    ['Раньше столицей края был Орск, теперь столица — Тура.', 'Столица края — Орск.'],
  ])('left open: %s', (sentence, claim) => {
    expect(stanceOf(sentence, claim)).toBe('doubted');
  });

  test.each([
    ['Она — бывший директор завода.', 'Она — директор завода.'],
    ['Она — вице-президент завода.', 'Она — президент завода.'],
    ['Она — заместитель директора завода.', 'Она — директор завода.'],
    ['Smith is the former head of the plant.', 'Smith is the head of the plant.'],
    ['It is the second largest plant in Europe.', 'It is the largest plant in Europe.'],
    ['Орск — один из крупнейших городов края.', 'Орск — крупнейший город края.'],
    ['Only 3 of the 200 engines started.', 'The 200 engines started.'],
    ['Отец Ивана Петрова был врачом.', 'Иван Петров был врачом.'],
    ["Ivan Petrov's father was a doctor.", 'Ivan Petrov was a doctor.'],
    ['Opponents of Smith won in court.', 'Smith won in court.'],
    ['North Korea tested a missile.', 'Korea tested a missile.'],
    ['Орск — столица края, а Тура — столица области.', 'Орск — столица области.'],
    ['Vega scored 86.4% and Lyra scored 75%.', 'Vega scored 75%.'],
  ])('said of something else: %s', (sentence, claim) => {
    expect(stanceOf(sentence, claim)).toBe('doubted');
  });

  test.each([
    ['Учёные доказали, что слоны боятся мышей.', 'Слоны боятся мышей.'],
    ['Никто не отрицает, что слоны боятся мышей.', 'Слоны боятся мышей.'],
    ['Studies confirmed that elephants fear mice.', 'Elephants fear mice.'],
    ['It was so hot that the lake dried up.', 'The lake dried up.'],
    ['Keepers doubt that elephants fear mice.', 'Keepers doubt that elephants fear mice.'],
    ['The plant managed to release the satellite.', 'The plant released the satellite.'],
    ['Завод сумел выпустить спутник.', 'Завод выпустил спутник.'],
    [
      'The plant, which plans to expand, released the satellite.',
      'The plant released the satellite.',
    ],
    ['The plant released 300 new engines of a Swedish design.', 'The plant released 300 engines.'],
    ['Иван родился в 1950 году и умер в 2010 году.', 'Иван умер в 2010 году.'],
    ['Vega scored 86.4% and Lyra scored 75%.', 'Lyra scored 75%.'],
    ['Его отец Иван Петров был врачом.', 'Иван Петров был врачом.'],
    ['Раньше столицей края был Орск.', 'Столицей края был Орск.'],
  ])('said: %s', (sentence, claim) => {
    expect(stanceOf(sentence, claim)).toBeNull();
  });
});

describe('a designation without its last part', () => {
  test.each([
    ['Vega 15 Pro стоит 999 долларов.', 'Vega 15 стоит 999 долларов.'],
    ['Lyra-4o mini scored 82%.', 'Lyra-4o scored 82%.'],
    ['Lyra2.5-72B-Instruct scored 82%.', 'Lyra2.5-72B scored 82%.'],
  ])('is another one: %s', (sentence, claim) => {
    expect(stanceOf(sentence, claim)).toBe('doubted');
  });

  test.each([
    ['Vega 15 Pro стоит 999 долларов.', 'Vega 15 Pro стоит 999 долларов.'],
    ['Lyra-4o Acme выпустила в мае.', 'Lyra-4o Acme выпустила в мае.'],
    ['Vega 15 plus a charger costs $999.', 'Vega 15 costs $999.'],
  ])('is itself: %s', (sentence, claim) => {
    expect(stanceOf(sentence, claim)).toBeNull();
  });
});

test('a claim cut out of what denies it is not supported', () => {
  expect(verdictOf('Мёд лечит диабет.', 'Неправда, что мёд лечит диабет.')).toBe('contradicted');
  expect(verdictOf('Honey cures gout.', 'No study has shown that honey cures gout.')).toBe(
    'partly',
  );
  expect(
    verdictOf('Honey cures gout.', 'Some doubt that honey cures gout. Honey cures gout.'),
  ).toBe('supported');
});
