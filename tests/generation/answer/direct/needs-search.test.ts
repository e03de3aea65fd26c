import { describe, expect, test } from 'vitest';

import { isCourtesyAlone, needsSearch } from '../../../../generation/answer/direct/needs-search.ts';
import { readMessages } from '../../../bench/direct/messages.ts';

describe('needsSearch', () => {
  test.each([
    'привет, а кто придумал транзистор?',
    'спасибо, а сколько стоит?',
    'Mistral 7B',
    'а в 2024?',
    'сколько см в дюйме',
    'проверь, правда ли что «банан это ягода»',
    'кто перевёл Шекспира',
    'ты знаешь, кто открыл пенициллин?',
    'can you find the population of Malta',
    'how much is 1 BTC',
    'thanks! what about Japan',
    'cheapest: netflix or hbo',
    'who said "to be or not to be, that is the question"?',
    '',
  ])('looks up «%s»', (message) => {
    expect(needsSearch(message)).toBe(message !== '');
  });

  test.each([
    'Привет!',
    'спасибо большое 🙏',
    'сколько будет 17*23',
    '15% of 2400',
    'переведи на английский: я скоро буду дома',
    'ты понимаешь голосовые?',
    'сочини хокку про осень',
    'explain this code\n\nfor x in range(3):\n    print(x)',
    'how are you today?',
  ])('answers «%s» by itself', (message) => {
    expect(needsSearch(message)).toBe(false);
  });

  // Neither the rules nor the weights were made with a look at these.
  test('agrees with the labels of who has not seen its rules', () => {
    const messages = readMessages('blind');
    const right = messages.filter(({ text, needsSearch: label }) => needsSearch(text) === label);
    const questions = messages.filter(({ needsSearch: label }) => label);
    const lookedUp = questions.filter(({ text }) => needsSearch(text));
    expect(messages.length).toBeGreaterThan(1000);
    expect(right.length / messages.length).toBeGreaterThanOrEqual(0.95);
    expect(lookedUp.length / questions.length).toBeGreaterThanOrEqual(0.96);
  });

  test('takes no time over a hostile message', () => {
    for (const message of [
      'привет '.repeat(600),
      '('.repeat(4000),
      'a: '.repeat(1300),
      'ха'.repeat(2000),
    ]) {
      const startedAt = performance.now();
      needsSearch(message);
      expect(performance.now() - startedAt).toBeLessThan(500);
    }
  });
});

describe('isCourtesyAlone', () => {
  test.each([
    ['Привет!', true],
    ['спасибо большое 🙏', true],
    ['👍', true],
    ['Спасибо, а когда?', false],
    ['сколько будет 2+2', false],
  ])('«%s»: %s', (message, expected) => {
    expect(isCourtesyAlone(message)).toBe(expected);
  });
});
