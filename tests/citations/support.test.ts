import { describe, expect, test } from 'vitest';

import { checkSupport, type Support } from '../../citations/support.ts';

const deepseek =
  'DeepSeek-V3 — это языковая модель, в которой 671 млрд параметров. ' +
  'Она вышла 26 декабря 2024 года и обучена на 14,8 трлн токенов. ' +
  'Обучение обошлось в 5,576 млн долларов. Компания DeepSeek не раскрыла состав данных.';
const davis =
  'Томас Дэвис собрал 5½ мешков и четыре перехвата, а Люк Кикли сделал 118 захватов. ' +
  'Кейван Шорт лидировал в команде с 11 мешками.';

describe('checkSupport', () => {
  test.each([
    ['the sentence itself', 'Она вышла 26 декабря 2024 года и обучена на 14,8 трлн токенов.'],
    ['a part of it', 'обучена на 14,8 трлн токенов'],
    ['other case and ё', 'ОНА ВЫШЛА 26 декабря 2024 года и обучена на 14,8 трлн токёнов.'],
  ])('takes an exact repetition for at least .95: %s', (_, claim) => {
    const { support, verdict } = check(claim, deepseek);
    expect(verdict).toBe('supported');
    expect(support).toBeGreaterThanOrEqual(0.95);
  });

  test.each([
    'В модели DeepSeek-V3 671 миллиард параметров.',
    'В языковой модели DeepSeek-V3 671B параметров.',
    'В DeepSeek-V3 671 000 000 000 параметров.',
    'Обучение обошлось в $5.576 млн.',
    'Обучение обошлось в 5 576 000 долларов.',
    'Она вышла 26.12.2024.',
    'Она вышла 2024-12-26.',
    'Она обучена на 14.8 триллиона токенов.',
    'Компания DeepSeek состав данных не раскрыла.',
  ])('knows the same figure or date in other words: %s', (claim) => {
    expect(check(claim, deepseek).verdict).toBe('supported');
  });

  test.each([
    ['figure', 'DeepSeek-V3 — это языковая модель, в которой 617 млрд параметров.'],
    ['scale', 'DeepSeek-V3 — это языковая модель, в которой 671 млн параметров.'],
    ['unit', 'Обучение обошлось в 5,576 млн рублей.'],
    ['decimals', 'Обучение обошлось в 5,567 млн долларов.'],
    ['day', 'Она вышла 25 декабря 2024 года и обучена на 14,8 трлн токенов.'],
    ['month', 'Она вышла 26 ноября 2024 года и обучена на 14,8 трлн токенов.'],
    ['year', 'Она вышла 26 декабря 2023 года и обучена на 14,8 трлн токенов.'],
    ['paraphrased figure', 'У DeepSeek-V3 всего 37 млрд параметров.'],
    ['denial', 'Компания DeepSeek раскрыла состав данных.'],
  ])('calls a claim with another %s contradicted', (_, claim) => {
    const { support, verdict } = check(claim, deepseek);
    expect(verdict).toBe('contradicted');
    expect(support).toBeLessThanOrEqual(0.2);
  });

  test.each([
    ['a figure of another sentence', 'Кейван Шорт лидировал в команде с 118 мешками.'],
    ['a figure of the same sentence', 'Томас Дэвис собрал 118 мешков и четыре перехвата.'],
    ['a number word', 'Томас Дэвис собрал 5½ мешков и три перехвата.'],
    ['a number without its fraction', 'Томас Дэвис собрал 5 мешков и четыре перехвата.'],
    ['another name', 'Томас Иванов собрал 5½ мешков и четыре перехвата.'],
    ['another first word', 'Джон Дэвис собрал 5½ мешков и четыре перехвата.'],
    ['a name of the same sentence', 'Люк Кикли собрал 5½ мешков и четыре перехвата.'],
    ['a name of another sentence', 'Кейван Шорт собрал 5½ мешков и четыре перехвата.'],
    ['a denial that is not there', 'Кейван Шорт не лидировал в команде с 11 мешками.'],
    ['an opposite', 'Кейван Шорт проиграл.'],
  ])('never calls a sentence supported with %s', (_, claim) => {
    expect(check(claim, davis).verdict).not.toBe('supported');
  });

  test.each([
    ['another version', 'Claude 3.5 Sonnet was released.', 'Claude 3.7 Sonnet was released.'],
    ['another designation', 'GPT-4o was released in May.', 'GPT-4 was released in May.'],
    ['a lost minus', 'It was -5 °C in Oslo.', 'It was 5 °C in Oslo.'],
    ['percent for points', 'Shares rose by 5%.', 'Shares rose by $5.'],
    ['who beat whom', 'Arsenal beat Chelsea 2 to 1.', 'Chelsea beat Arsenal 2 to 1.'],
    ['wins for losses', 'They had 7 wins and 3 losses.', 'They had 3 wins and 7 losses.'],
    ['rise for fall', 'Sales of Acme rose in 2020.', 'Sales of Acme fell in 2020.'],
    ['another month', 'It opened in March 2019.', 'It opened in April 2019.'],
    ['another decade', 'It was popular in the 1980s.', 'It was popular in the 1970s.'],
    ['another century', 'It was built in the XIX century.', 'It was built in the XVIII century.'],
  ])('never calls a sentence supported that has %s', (_, text, claim) => {
    expect(check(claim, text).verdict).not.toBe('supported');
    expect(check(text, text).verdict).toBe('supported');
  });

  test.each([
    ['another superlative', 'The Volga is the shortest river of Europe.'],
    ['another adjective', 'The Volga is the coldest river of Europe.'],
    ['another quantifier', 'None of its tributaries freeze in winter.'],
    ['another noun', 'Most of its fish freeze in winter.'],
    ['a word that nothing has', 'The Volga is the longest navigable river of Europe.'],
    ['a word for a number', 'It crosses the main zone of forests.'],
    ['a denial of what is not said', 'The Volga is not the coldest river of Europe.'],
  ])('never calls a sentence supported with %s', (_, claim) => {
    const volga =
      'The Volga is the longest river of Europe. Most of its tributaries freeze in winter. ' +
      'It crosses the second zone of forests.';
    expect(check(claim, volga).verdict).not.toBe('supported');
  });

  test('knows which of two is denied', () => {
    const text = 'Королевство не является членом союза, но является членом соглашения о границах.';
    const claim = 'Королевство является членом союза, но является членом соглашения о границах.';
    expect(check(claim, text).verdict).not.toBe('supported');
    expect(check(text, text).verdict).toBe('supported');
  });

  test('takes filling for no addition', () => {
    const text = 'Brookfield was founded by settlers from Norway in 1822.';
    expect(
      check('Brookfield was also founded by settlers from Norway in 1822.', text).verdict,
    ).toBe('supported');
  });

  test('takes what two passages say apart for said by neither', () => {
    const moon = evidence('The Moon is the only natural satellite of the Earth.');
    const station = evidence('The station was built by two companies in orbit.');
    const claim = 'The station is the only natural satellite of the Earth.';
    expect(checkSupport(claim, [moon, station]).verdict).not.toBe('supported');
  });

  test('calls a figure that stands nowhere unsupported where nothing rivals it', () => {
    expect(check('DeepSeek обслуживает 30 млн пользователей.', deepseek).verdict).toBe(
      'unsupported',
    );
  });

  test('calls a claim about something else unsupported', () => {
    const { support, verdict } = check('Столица Франции расположена на берегах Сены.', deepseek);
    expect(verdict).toBe('unsupported');
    expect(support).toBeLessThan(0.2);
  });

  test('calls a claim with an addition of its own partly supported', () => {
    expect(
      check('DeepSeek-V3 — открытая бесплатная модель, в которой 671 млрд параметров.', deepseek)
        .verdict,
    ).toBe('partly');
  });

  test('knows a name in another case', () => {
    const text = 'Компанию основали Илон Маск и Сэм Альтман в 2015 году.';
    expect(check('Компанию основали Сэмом Альтманом в 2015 году.', text).verdict).toBe('supported');
  });

  test('takes the subject from the title of the page', () => {
    const evidence = {
      text: 'Она стоит 1 200 рублей.',
      title: 'Подписка Яндекс Плюс',
      heading: null,
    };
    expect(checkSupport('Подписка Яндекс Плюс стоит 1200 рублей.', [evidence]).verdict).toBe(
      'supported',
    );
  });

  test('puts two passages together', () => {
    const claim = 'DeepSeek-V3 вышла 26 декабря 2024 года, обучение обошлось в 5,576 млн долларов.';
    const [first = '', second = ''] = deepseek.split(' Обучение');
    expect(
      checkSupport(claim, [evidence(first), evidence(`Обучение${second}`)]).verdict,
    ).not.toMatch(/unsupported|contradicted/);
  });

  test('does not take one source for wrong because another has an exact match', () => {
    const claim = 'Население города — 37 тысяч человек.';
    const other = evidence('Население города — 35 тысяч человек.');
    expect(checkSupport(claim, [other, evidence(claim)]).verdict).toBe('supported');
  });

  test('has nothing to say of a claim without a citation', () => {
    expect(checkSupport('Небо синее.', [])).toEqual({ support: 0, verdict: 'uncited' });
  });

  test.each(['the quiet engine of the Crane line', 'the wooden engine of the Crane line'])(
    'misses an ordinal whose number the claim has elsewhere: %s',
    (part) => {
      const source =
        'Stork is the name of Crane-4, the fourth engine of the Crane line. The engine is quiet, and its case is wooden.';
      expect(
        check('Stork is the name of Crane-4, the fourth engine of the Crane line.', source).verdict,
      ).toBe('supported');
      expect(check(`Stork is the name of Crane-4, ${part}.`, source).verdict).not.toBe('supported');
    },
  );

  test.each(['7,5 млрд активных параметров', '7,5 млрд арендованных параметров'])(
    'takes no word between a figure and its unit for a part of the unit: %s',
    (part) => {
      const source =
        'В модели Кран 7,5 млрд обучаемых параметров. Её запускают на арендованных картах.';
      expect(check('В модели Кран 7,5 млрд параметров.', source).verdict).toBe('supported');
      expect(check(`В модели Кран ${part}.`, source).verdict).not.toBe('supported');
    },
  );

  test('believes no two clauses that have exchanged what they say of their subjects', () => {
    const source = 'Альфа продаёт телефоны, а Бета продаёт программы.';
    expect(check(source, source).verdict).toBe('supported');
    expect(check('Альфа продаёт программы, а Бета продаёт телефоны.', source).verdict).not.toBe(
      'supported',
    );
  });

  describe('across languages', () => {
    const english =
      'DeepSeek-V3 has 671 billion parameters. It was released on December 26, 2024 by Liang Wenfeng. ' +
      'Elon Musk founded SpaceX in 2002.';

    test('lets figures, dates and names carry a claim', () => {
      expect(check('У DeepSeek-V3 671 млрд параметров.', english).verdict).toBe('supported');
      expect(check('Илон Маск основал SpaceX в 2002 году.', english).verdict).toBe('supported');
    });

    test('stays at partly where they are few', () => {
      expect(
        check('Модель вышла под свободной лицензией 26 декабря 2024 года.', english),
      ).toMatchObject({ verdict: 'partly' });
      expect(check('Модель хорошо пишет код.', english).verdict).toBe('partly');
    });

    test('lets digits of names carry nothing, and denials go by nothing', () => {
      const model = 'SmallThinker-3B was made from Qwen2.5-3B. It was released on 3 May 2024.';
      expect(check('SmallThinker-3B крупнее, чем Qwen2.5-3B.', model).verdict).not.toBe(
        'supported',
      );
      expect(check('SmallThinker-3B не вышла 3 мая 2024 года.', model).verdict).not.toBe(
        'supported',
      );
    });

    test('catches a changed figure or date', () => {
      expect(check('У DeepSeek-V3 617 млрд параметров.', english).verdict).toBe('contradicted');
      expect(check('Илон Маск основал SpaceX в 2003 году.', english).verdict).toBe('contradicted');
      expect(check('DeepSeek-V3 вышла 25 декабря 2024 года.', english).verdict).toBe(
        'contradicted',
      );
    });
  });
});

function evidence(text: string): { text: string; title: string; heading: null } {
  return { text, title: '', heading: null };
}

function check(claim: string, text: string): Support {
  return checkSupport(claim, [evidence(text)]);
}
