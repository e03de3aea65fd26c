import type { CitedSource } from '../../citations/citation.ts';
import type { AnswerReport } from '../../generation/answer/answer-event.ts';

/** A report with sensible values where a test does not care. */
export function answerReport(over: Partial<AnswerReport> = {}): AnswerReport {
  return {
    question: 'Кто открыл пенициллин?',
    language: 'ru',
    standaloneQuestion: 'Кто открыл пенициллин?',
    answer: '',
    sentences: [],
    sources: [],
    disagreements: [],
    asOf: null,
    closest: [],
    notRead: [],
    generator: 'a-model',
    isDirect: false,
    nextQuestions: [],
    modelFailed: false,
    stopped: false,
    degraded: [],
    timingsMs: { search: 1, crawl: 2, rank: 3, firstToken: 4, total: 5 },
    ...over,
  };
}

export function citedSource(number: number, over: Partial<CitedSource> = {}): CitedSource {
  const url = `https://site${number}.example/page`;
  return {
    number,
    url,
    title: `Страница ${number}`,
    site: `site${number}.example`,
    publishedAt: null,
    fetchedAt: '2026-11-02T10:00:00.000Z',
    quote: `цитата ${number}`,
    quoteUrl: `${url}#:~:text=quote${number}`,
    place: null,
    ...over,
  };
}

/** A report whose answer is one supported sentence with one source. */
export function penicillinReport(over: Partial<AnswerReport> = {}): AnswerReport {
  const source = citedSource(1, {
    url: 'https://ru.example/penicillin',
    title: 'Пенициллин',
    site: 'Энциклопедия',
    publishedAt: '2024-05-09',
    quote: 'Пенициллин открыл Александр Флеминг',
    quoteUrl: 'https://ru.example/penicillin#:~:text=Fleming',
  });
  return answerReport({
    answer: 'Пенициллин открыл Александр Флеминг [1].',
    sentences: [
      {
        text: 'Пенициллин открыл Александр Флеминг.',
        citations: [1],
        quotes: [{ source: 1, quote: source.quote, quoteUrl: source.quoteUrl, place: null }],
        support: 1,
        verdict: 'supported',
      },
    ],
    sources: [source],
    ...over,
  });
}
