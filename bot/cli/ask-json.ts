import type { CitedDisagreement, CitedValue } from '../../citations/cite-disagreements.ts';
import type { CitedSentence, CitedSource } from '../../citations/citation.ts';
import type { Difference } from '../../citations/find-difference.ts';
import type {
  AnswerEvent,
  AnswerReport,
  AnswerTimings,
} from '../../generation/answer/answer-event.ts';
import type { AsOf } from '../../generation/answer/as-of.ts';
import type { Language, ReadInPart, UnreadPage } from '../../retrieval/passage.ts';

export type AskStatus = 'answered' | 'declined' | 'direct' | 'failed';

/** What `ask --json` prints for one question: a promise to programs, see the documentation. */
export interface AskJson {
  question: string;
  language: Language;
  standaloneQuestion: string;
  status: AskStatus;
  answer: string;
  sentences: JsonSentence[];
  sources: JsonSource[];
  disagreements: CitedDisagreement[];
  asOf: AsOf | null;
  notRead: UnreadPage[];
  generator: string;
  nextQuestions: string[];
  degraded: string[];
  timingsMs: AnswerTimings;
}

/** `difference`: what the source has otherwise, where one thing is why a claim is not supported. */
type JsonSentence = Omit<CitedSentence, 'difference' | 'isCorrected'> & {
  difference: Difference | null;
};

/**
 * `alsoAt`: pages that have what was cited in the same words. `readInPart`: null where the page was
 * read to its end, or is known from an earlier question.
 */
type JsonSource = Omit<CitedSource, 'alsoAt' | 'readInPart'> & {
  readInPart: ReadInPart | null;
  alsoAt: { url: string; title: string; site: string; publishedAt: string | null }[];
};

/** Field by field, so that what a report gains later does not slip into the promise. */
export function toJson(report: AnswerReport, status: AskStatus): AskJson {
  return {
    question: report.question,
    language: report.language,
    standaloneQuestion: report.standaloneQuestion,
    status,
    answer: report.answer,
    sentences: report.sentences.map(
      ({ text, citations, quotes, support, verdict, difference }) => ({
        text,
        citations,
        quotes: quotes.map(({ source, quote, quoteUrl, place }) => {
          return { source, quote, quoteUrl, place };
        }),
        support,
        verdict,
        difference:
          difference === undefined
            ? null
            : { kind: difference.kind, claimed: difference.claimed, found: difference.found },
      }),
    ),
    sources: report.sources.map((source) => ({
      number: source.number,
      url: source.url,
      title: source.title,
      site: source.site,
      publishedAt: source.publishedAt,
      fetchedAt: source.fetchedAt,
      quote: source.quote,
      quoteUrl: source.quoteUrl,
      place: source.place,
      readInPart:
        source.readInPart === undefined
          ? null
          : { read: source.readInPart.read, of: source.readInPart.of },
      alsoAt: (source.alsoAt ?? []).map(({ pageUrl, title, site, publishedAt }) => {
        return { url: pageUrl, title, site, publishedAt };
      }),
    })),
    disagreements: report.disagreements.map(({ kind, values: [one, other] }) => ({
      kind,
      values: [statedIn(one), statedIn(other)],
    })),
    asOf: report.asOf === null ? null : { source: report.asOf.source, date: report.asOf.date },
    notRead: report.notRead.map(({ url, reason }) => ({ url, reason })),
    generator: report.generator,
    nextQuestions: report.nextQuestions,
    degraded: report.degraded,
    timingsMs: {
      search: Math.round(report.timingsMs.search),
      crawl: Math.round(report.timingsMs.crawl),
      rank: Math.round(report.timingsMs.rank),
      firstToken: Math.round(report.timingsMs.firstToken),
      total: Math.round(report.timingsMs.total),
    },
  };
}

function statedIn({ source, value, quote, quoteUrl }: CitedValue): CitedValue {
  return { source, value, quote, quoteUrl };
}

export type FinalEvent = Extract<AnswerEvent, { report: AnswerReport }>;

/** `declined` says that the web was asked and does not answer: a search that failed is a failure. */
export function statusOf(event: FinalEvent): AskStatus {
  if (event.type === 'declined' && event.reason === 'search-failed') return 'failed';
  if (event.type === 'answered' && event.report.isDirect) return 'direct';
  return event.type;
}
