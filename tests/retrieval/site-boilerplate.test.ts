import { expect, it } from 'vitest';

import type { IndexedPage } from '../../retrieval/index/passage-index.ts';
import { createSiteBoilerplate } from '../../retrieval/site-boilerplate.ts';
import { analyzePassage } from '../../retrieval/text/analyze.ts';
import { makePassage } from '../support/passage.ts';

const plea = 'Подпишитесь на нашу рассылку, чтобы ничего не пропустить.';

function page(name: string, ...texts: string[]): IndexedPage {
  const url = `https://site.example/${name}`;
  const passages = texts.map((text, position) => {
    const passage = makePassage({ id: `${name}-${position}`, pageUrl: url, position, text });
    return { ...passage, ...analyzePassage(passage), dense: null };
  });
  return { url, scope: 'public', sourceId: null, passages };
}

const words = 'алый белый вишнёвый голубой дымчатый ежевичный жёлтый зелёный изумрудный'.split(' ');
const own = (at: number): string =>
  `Здесь рассказано про ${words[at] ?? ''} цвет, какой он бывает, где его можно встретить и чем ` +
  'он отличается от всех остальных, если смотреть внимательно и никуда не торопиться.';

/** Texts of the page after so many others of its site with this line. */
function textsAfter(others: number, line: string, text = `${own(8)}\n${line}`): string[] {
  const boilerplate = createSiteBoilerplate();
  for (let at = 0; at < others; at += 1) boilerplate.leaveOut(page(`${at}`, `${own(at)}\n${line}`));
  return boilerplate.leaveOut(page('last', text)).passages.map((passage) => passage.text);
}

it('leaves out what four pages of the site had word for word', () => {
  expect(textsAfter(4, plea)).toEqual([own(8)]);
});

it.each([0, 1, 2, 3])('leaves out nothing after %i pages', (others) => {
  expect(textsAfter(others, plea)).toEqual([`${own(8)}\n${plea}`]);
});

it.each([
  ['a figure', 'Доставка по городу стоит 500 рублей.'],
  ['a row of a table', 'Гарантия на все товары магазина | один год'],
  ['code', 'from transformers import AutoModel, AutoTokenizer as tokenizer'],
  ['few words', 'Лицензия MIT'],
])('keeps %s', (_what, line) => {
  expect(textsAfter(5, line)).toEqual([`${own(8)}\n${line}`]);
});

it('keeps a line that only some of the pages have', () => {
  const boilerplate = createSiteBoilerplate();
  for (let at = 0; at < 8; at += 1) {
    boilerplate.leaveOut(page(`${at}`, at % 2 === 0 ? `${own(at)}\n${plea}` : own(at)));
  }
  const [passage] = boilerplate.leaveOut(page('last', `${own(8)}\n${plea}`)).passages;
  expect(passage?.text).toContain(plea);
});

it('makes the words of a passage anew, and takes out one that has nothing else', () => {
  const boilerplate = createSiteBoilerplate();
  for (let at = 0; at < 4; at += 1) boilerplate.leaveOut(page(`${at}`, `${own(at)}\n${plea}`));
  const { passages } = boilerplate.leaveOut(page('last', `${own(7)}\n${plea}`, plea, own(8)));
  expect(passages.map(({ position, text }) => [position, text])).toEqual([
    [0, own(7)],
    [2, own(8)],
  ]);
  expect(passages[0]?.terms).toEqual(
    analyzePassage({ title: '', heading: null, text: own(7) }).terms,
  );
});

it('keeps the whole of a page that stands at several addresses', () => {
  const boilerplate = createSiteBoilerplate();
  const text = `${own(1)}\n${own(2)}`;
  for (let at = 0; at < 6; at += 1) {
    const { passages } = boilerplate.leaveOut(page(`${at}`, text));
    expect(passages.map((passage) => passage.text)).toEqual([text]);
  }
});

it('counts a page once, however often it is read, and sites apart', () => {
  const boilerplate = createSiteBoilerplate();
  for (let at = 0; at < 9; at += 1) boilerplate.leaveOut(page('same', `${own(1)}\n${plea}`));
  const next = boilerplate.leaveOut(page('next', `${own(8)}\n${plea}`));
  expect(next.passages[0]?.text).toContain(plea);
  for (let at = 0; at < 5; at += 1) boilerplate.leaveOut(page(`${at}`, `${own(at)}\n${plea}`));
  const elsewhere = { ...page('x', `${own(8)}\n${plea}`), url: 'https://other.example/x' };
  expect(boilerplate.leaveOut(elsewhere)).toBe(elsewhere);
});

it('leaves the lines of files and the pages of PDFs as they are', () => {
  const boilerplate = createSiteBoilerplate();
  for (let at = 0; at < 5; at += 1) boilerplate.leaveOut(page(`${at}`, `${own(at)}\n${plea}`));
  const pdf = page('pdf', `${own(8)}\n${plea}`);
  for (const passage of pdf.passages) passage.place = { unit: 'page', from: 1, to: 1 };
  expect(boilerplate.leaveOut(pdf)).toBe(pdf);
});
