import { expect, it } from 'vitest';
import { searchTerms } from '../../../retrieval/search/search-terms.ts';

it.each([
  ['Какая столица у Австралии?', ['столица', 'Австралии']],
  ["What's the capital of Australia?", ['capital', 'Australia']],
  ['Who doesn’t know how many moons Jupiter has?', ['know', 'moons', 'Jupiter']],
  ['Чем GPT-4o лучше C++ и C# 3.5?', ['GPT-4o', 'лучше', 'C++', 'C#', '3.5']],
  ['«Война и мир» — сколько страниц?', ['Война', 'мир', 'страниц']],
  ['Newton’s laws, newton’s laws', ['Newton’s', 'laws']],
  ['О чём https://example.org/a?b=c статья?', ['статья']],
  ['Кто есть кто', ['кто', 'есть']],
  ['NOT OR', ['not', 'or']],
  ['-minus +plus intitle:x "quoted" ~y*', ['minus', 'plus', 'intitle', 'x', 'quoted', 'y']],
  ['🌍?!', []],
  ['', []],
])('finds the words that carry %j', (question, terms) => {
  expect(searchTerms(question)).toEqual(terms);
});

it('stays within what a wiki takes, also with OR between the words', () => {
  const question = Array.from({ length: 1000 }, (_, index) => `слово${index}`).join(' ');
  const terms = searchTerms(question, 280);
  expect(terms[0]).toBe('слово0');
  expect(terms.join(' OR ').length).toBeLessThanOrEqual(280);
  expect(terms.length).toBeGreaterThan(20);
});

it('leaves out a word that is longer than all that fits', () => {
  expect(searchTerms(`${'я'.repeat(5000)} Солнце`, 280)).toEqual(['Солнце']);
});
