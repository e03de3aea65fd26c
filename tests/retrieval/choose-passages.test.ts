import { describe, expect, it } from 'vitest';

import { choosePassages, type ChooseOptions } from '../../retrieval/choose-passages.ts';
import type { RankedPassage } from '../../retrieval/passage.ts';
import { makePassage } from '../support/passage.ts';

const now = new Date('2026-11-20T12:00:00Z');

function ranked(pageUrl: string, score: number, more: Partial<RankedPassage> = {}): RankedPassage {
  return { ...makePassage({ text: 'Слова.', ...more, id: `${pageUrl} ${score}`, pageUrl }), score };
}

function choose(passages: RankedPassage[], options: Partial<ChooseOptions> = {}): string[] {
  const all = { question: 'Что это?', limit: 24, now, ...options };
  return choosePassages(passages, all).map(({ pageUrl }) => pageUrl);
}

const list = (urls: string[]): RankedPassage[] => urls.map((url, at) => ranked(url, 100 - at));
const times = (count: number, make: (at: number) => string): string[] =>
  Array.from({ length: count }, (_, at) => make(at));

describe('sites', () => {
  it('stand with two pages each, of three passages each', () => {
    const many = times(5, (at) => `https://big.example/${at}`).flatMap((url) =>
      times(4, () => url),
    );
    const others = times(6, (at) => `https://small-${at}.example/`);
    expect(choose(list([...many, ...others]))).toEqual([
      ...times(3, () => 'https://big.example/0'),
      ...times(3, () => 'https://big.example/1'),
      ...others,
    ]);
  });

  it('stand with all their pages where no other was found', () => {
    const pages = times(5, (at) => `https://only.example/${at}`);
    expect(choose(list(pages))).toEqual(pages);
  });

  it('fill up, behind the others, where little else was found', () => {
    const pages = times(4, (at) => `https://big.example/${at}`);
    expect(choose(list([...pages, 'https://small.example/']))).toEqual([
      'https://big.example/0',
      'https://big.example/1',
      'https://small.example/',
      'https://big.example/2',
      'https://big.example/3',
    ]);
  });

  it('keep the pages that the question links', () => {
    const pages = times(4, (at) => `https://big.example/${at}`);
    const others = times(12, (at) => `https://small-${at}.example/`);
    const askedPages = new Set([pages[3] ?? '']);
    const chosen = choose(list([...pages, ...others]), { askedPages });
    expect(chosen.slice(0, 4)).toEqual([pages[0], pages[1], pages[3], others[0]]);
    expect(chosen).not.toContain(pages[2]);
  });

  it('of an operator stand a little higher', () => {
    const passages = [
      ranked('https://a.example/', 2),
      ranked('https://b.example/', 1.9),
      ranked('https://c.example/', 1),
    ];
    expect(
      choose(passages, { isPreferred: ({ pageUrl }) => /[bc]\.example/u.test(pageUrl) }),
    ).toEqual(['https://b.example/', 'https://a.example/', 'https://c.example/']);
  });
});

describe('dates', () => {
  const passages = [
    ranked('https://undated.example/', 1.2),
    ranked('https://old.example/', 1.1, { publishedAt: '2019-01-01' }),
    ranked('https://new.example/', 1, { publishedAt: '2026-11-01' }),
    ranked('https://off.example/', 0.4, { publishedAt: '2026-11-19' }),
  ];
  const urls = passages.map(({ pageUrl }) => pageUrl);

  it('bring newer passages up where the question asks for them, and never what is off the point', () => {
    expect(choose(passages, { question: 'Какая последняя версия?' })).toEqual([
      'https://new.example/',
      'https://undated.example/',
      'https://old.example/',
      'https://off.example/',
    ]);
  });

  it('change nothing else', () => {
    expect(choose(passages, { question: 'Какая версия?' })).toEqual(urls);
    expect(choose(passages, { question: 'Кто выиграл в 1998 году?' })).toEqual(urls);
  });

  it('of the year that is asked for come up', () => {
    expect(choose(passages, { question: 'Что вышло в 2019 году?' })[0]).toBe(
      'https://old.example/',
    );
  });
});

describe('a comparison', () => {
  const about = (name: string, at: number): RankedPassage =>
    ranked(`https://${name.toLowerCase()}-${at}.example/`, 50 - at, { text: `${name} – модель.` });
  const one = times(14, () => 'DeepSeek').map((name, at) => about(name, at));
  const other = ranked('https://qwen.example/', 1, { title: 'Qwen', text: 'Модель Qwen.' });

  it.each(['Сравни DeepSeek и Qwen', 'чем дипсик лучше, чем квен?', 'deepseek vs qwen'])(
    'gets passages on both at the beginning: «%s»',
    (question) => {
      const chosen = choose([...one, other], { question });
      expect(chosen.slice(0, 8)).toContain('https://qwen.example/');
      expect(chosen[0]).toBe('https://deepseek-0.example/');
      expect(chosen).toHaveLength(15);
    },
  );

  it('takes no passage for one on a thing that no passage names', () => {
    const question = 'Сравни DeepSeek и Mistral';
    expect(choose([...one, other], { question })).toEqual(choose([...one, other]));
  });

  it('keeps to the limit', () => {
    const chosen = choose([...one, other], { question: 'Сравни DeepSeek и Qwen', limit: 10 });
    expect(chosen).toHaveLength(10);
    expect(chosen).toContain('https://qwen.example/');
  });
});

it('gives nothing for nothing', () => {
  expect(choose([])).toEqual([]);
});
