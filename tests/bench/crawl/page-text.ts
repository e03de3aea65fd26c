import { sequence } from '../sequence.ts';

/** An article of some 600 words with a site around it, another one for each number. */
export function pageMarkup(
  number: number,
  {
    charset = 'utf-8',
    isRussian = number % 2 === 0,
  }: { charset?: string; isRussian?: boolean } = {},
): string {
  const next = sequence(number + 1);
  const words = isRussian ? RUSSIAN : ENGLISH;
  const word = (): string => words[Math.floor(next() * words.length)] ?? '';
  const sentence = (): string => {
    const text = Array.from({ length: 8 + Math.floor(next() * 10) }, word).join(' ');
    return `${text.charAt(0).toUpperCase()}${text.slice(1)} ${Math.floor(next() * 2000)}.`;
  };
  const paragraph = (): string => Array.from({ length: 5 }, sentence).join(' ');
  const sections = Array.from({ length: 4 }, (_, at) => {
    const rows = Array.from({ length: 5 }, () => `<tr><td>${word()}</td><td>${word()}</td></tr>`);
    const table = at === 1 ? `<table>${rows.join('')}</table>` : '';
    return `<h2>${word()} ${word()}</h2><p>${paragraph()}</p><p>${paragraph()}</p>${table}`;
  });
  const links = Array.from({ length: 20 }, () => `<li><a href="/${word()}">${word()}</a></li>`);
  const title = pageTitle(number, { isRussian });
  return `<!doctype html><html lang="${isRussian ? 'ru' : 'en'}"><head><meta charset="${charset}"><title>${title}</title>
<script>${'window.dataLayer = window.dataLayer || [];'.repeat(40)}</script></head>
<body><nav><ul>${links.join('')}</ul></nav><main><article><h1>${title}</h1>
${sections.join('\n')}</article></main><footer><ul>${links.join('')}</ul></footer></body></html>`;
}

export function pageTitle(
  number: number,
  { isRussian = number % 2 === 0 }: { isRussian?: boolean } = {},
): string {
  return isRussian ? `Записка ${number}` : `Report ${number}`;
}

const RUSSIAN =
  'река озеро маяк берег город начинается проходит измеряет высота глубина длина северный южный старый новый мост порт станция наблюдение вода лёд ветер весна осень много почти около среди между рядом каждый год музей архив письмо карта граница остров залив течение'.split(
    ' ',
  );
const ENGLISH =
  'river lake lighthouse shore town begins passes measures height depth length northern southern old new bridge harbour station observation water ice wind spring autumn many almost around among between near every year museum archive letter map border island bay current'.split(
    ' ',
  );
