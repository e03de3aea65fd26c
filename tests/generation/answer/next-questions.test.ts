import { describe, expect, test } from 'vitest';

import { nextQuestions } from '../../../generation/answer/next-questions.ts';
import { makePassage } from '../../support/passage.ts';

const about = 'https://example.com/volga';
const ranked = (passage: Parameters<typeof makePassage>[0]) => ({
  ...makePassage(passage),
  score: 1,
});

const course = ranked({
  pageUrl: about,
  title: 'Волга',
  text: 'Волга — река в европейской части России. В её дельте растёт чилим.',
});
const shipping = ranked({
  pageUrl: about,
  title: 'Волга',
  heading: 'Судоходство',
  position: 1,
  text: 'Судоходство на Волге длится от апреля до ноября. По реке ходят теплоходы.',
});
const chilim = ranked({
  pageUrl: 'https://example.com/chilim',
  title: 'Растения дельты',
  text: 'Чилим — это однолетнее водное растение с плавающими листьями. Его плоды съедобны.',
});
const unrelated = ranked({
  pageUrl: 'https://example.com/piano',
  title: 'Фортепиано',
  text: 'Челеста — это клавишный инструмент с металлическими пластинами.',
});

const asked = {
  question: 'Где протекает Волга?',
  answer: 'Волга — река в европейской части России [1].',
  language: 'ru' as const,
  passages: [course, shipping, chilim, unrelated],
  cited: [about],
};

describe('nextQuestions', () => {
  test('leads on to headings and terms of the pages that are cited', async () => {
    expect(await nextQuestions(asked)).toEqual(['Волга: судоходство', 'Что такое чилим?']);
  });

  test('gives no more than it is asked for', async () => {
    expect(await nextQuestions(asked, { most: 1 })).toEqual(['Волга: судоходство']);
    expect(await nextQuestions(asked, { most: 0 })).toEqual([]);
  });

  test('asks nothing that was said already', async () => {
    const said = {
      ...asked,
      answer: 'Судоходство длится от апреля до ноября [1], чилим — растение.',
    };
    expect(await nextQuestions(said)).not.toContain('Волга: судоходство');
    expect(await nextQuestions(said)).not.toContain('Что такое чилим?');
  });

  test('leaves alone what no cited page speaks of', async () => {
    expect((await nextQuestions(asked)).join()).not.toContain('елеста');
    expect(await nextQuestions({ ...asked, cited: [] })).toEqual([]);
    expect(
      await nextQuestions({ ...asked, cited: [unrelated.pageUrl], answer: 'Ничего.' }),
    ).toEqual([]);
  });

  test.each([
    ['Ссылки', []],
    ['Как оно устроено?', []],
    ['Почему мелеет Волга?', ['Почему мелеет Волга?']],
    ['Как мелеет река', ['Волга: как мелеет река?']],
  ])('makes of the heading «%s» %j', async (heading, expected) => {
    const text =
      'Волга мелеет: река теряет воду из-за водохранилищ. Устроено так русло реки, ссылки.';
    const passage = ranked({ pageUrl: about, title: 'Волга', heading, text });
    expect(await nextQuestions({ ...asked, passages: [passage] })).toEqual(expected);
  });

  test('asks in English of English pages', async () => {
    const passages = [
      ranked({
        language: 'en',
        pageUrl: about,
        title: 'Volga',
        text: 'The Volga is the longest river in Europe. Water chestnut grows in its delta.',
      }),
      ranked({
        language: 'en',
        pageUrl: 'https://example.com/plants',
        title: 'Plants',
        text: 'Water chestnut is an annual aquatic plant with floating leaves.',
      }),
      course,
    ];
    const english = { ...asked, question: 'How long is the Volga?', language: 'en' as const };
    expect(
      await nextQuestions({ ...english, answer: 'It is 3530 km long [1].', passages }),
    ).toEqual(['What is water chestnut?']);
  });

  test('knows nothing to ask in another language', async () => {
    expect(await nextQuestions({ ...asked, language: 'other' })).toEqual([]);
  });
});
