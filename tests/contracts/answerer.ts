import { describe, expect, it } from 'vitest';

import type { AnswerRequest, Answerer, AnswererEvent } from '../../generation/answer/answerer.ts';
import type { RankedPassage } from '../../retrieval/passage.ts';

/** Two pages about rivers; the second passage answers, the first does not. */
export const riverPassages: readonly RankedPassage[] = [
  passage(0, 'Ока — река в европейской части России. Она впадает в Волгу у Нижнего Новгорода.'),
  passage(1, 'Волга — крупнейшая река Европы. Длина Волги составляет 3530 километров.'),
];

export const answerable: AnswerRequest = {
  question: 'Какова длина Волги?',
  language: 'ru',
  passages: riverPassages,
  length: 'short',
};

export const unanswerable: AnswerRequest = {
  ...answerable,
  question: 'Сколько спутников у планеты Юпитер?',
};

/**
 * What every answerer keeps to. A model behind it has to know the answer to {@link answerable} and
 * to decline {@link unanswerable}.
 */
export function describeAnswerer(
  name: string,
  createAnswerer: () => Answerer | Promise<Answerer>,
): void {
  describe(`${name} as an answerer`, () => {
    it('has a name', async () => {
      expect((await createAnswerer()).name).not.toBe('');
    });

    it.each(['short', 'long'] as const)(
      'answers with a marker of the passage that answers (%s)',
      async (length) => {
        const events = await collect(await createAnswerer(), { ...answerable, length });
        const text = textOf(events);
        expect(text).toContain('3530');
        expect(numbersIn(text)).toContain(2);
        expect(events.every((event) => event.type === 'text-delta')).toBe(true);
      },
    );

    it('cites no passage that it was not given', async () => {
      const numbers = numbersIn(textOf(await collect(await createAnswerer(), answerable)));
      expect(numbers.filter((number) => number < 1 || number > 2)).toEqual([]);
    });

    it('keeps a short answer within one screen', async () => {
      const text = textOf(await collect(await createAnswerer(), answerable));
      expect(text.length).toBeLessThanOrEqual(900);
    });

    it('declines what no passage answers, and says nothing else', async () => {
      expect(await collect(await createAnswerer(), unanswerable)).toEqual([{ type: 'declined' }]);
    });

    it('declines when there are no passages', async () => {
      const events = await collect(await createAnswerer(), { ...answerable, passages: [] });
      expect(events).toEqual([{ type: 'declined' }]);
    });

    it('sends no empty piece of text', async () => {
      const events = await collect(await createAnswerer(), answerable);
      expect(events).not.toContainEqual({ type: 'text-delta', text: '' });
    });

    it('leaves the request as it was', async () => {
      const before = structuredClone(answerable);
      await collect(await createAnswerer(), answerable);
      expect(answerable).toEqual(before);
    });

    it('answers two requests at once', async () => {
      const answerer = await createAnswerer();
      const [first, second] = await Promise.all([
        collect(answerer, answerable),
        collect(answerer, unanswerable),
      ]);
      expect(textOf(first)).toContain('3530');
      expect(second).toEqual([{ type: 'declined' }]);
    });

    it('throws the reason of a signal that is aborted already', async () => {
      const reason = new Error('stop pressed');
      const answer = collect(await createAnswerer(), answerable, AbortSignal.abort(reason));
      await expect(answer).rejects.toBe(reason);
    });

    it('sends nothing more once it is aborted', async () => {
      const answerer = await createAnswerer();
      const controller = new AbortController();
      const reason = new Error('stop pressed');
      const events: AnswererEvent[] = [];
      let error: unknown = reason;
      try {
        for await (const event of answerer.answer(answerable, { signal: controller.signal })) {
          events.push(event);
          controller.abort(reason);
        }
      } catch (thrown) {
        error = thrown;
      }
      expect(events).toHaveLength(1);
      expect(error).toBe(reason);
    });
  });
}

async function collect(
  answerer: Answerer,
  request: AnswerRequest,
  signal = new AbortController().signal,
): Promise<AnswererEvent[]> {
  const events: AnswererEvent[] = [];
  for await (const event of answerer.answer(request, { signal })) events.push(event);
  return events;
}

function textOf(events: readonly AnswererEvent[]): string {
  return events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('');
}

function numbersIn(text: string): number[] {
  return [...text.matchAll(/\[(\d+)\]/gu)].map((match) => Number(match[1]));
}

function passage(position: number, text: string): RankedPassage {
  return {
    id: `00000000-0000-4000-8000-00000000000${position}`,
    pageUrl: `http://127.0.0.${position + 2}/rivers`,
    title: 'Реки России',
    site: `127.0.0.${position + 2}`,
    language: 'ru',
    publishedAt: null,
    fetchedAt: '2026-11-01T10:00:00.000Z',
    heading: null,
    position,
    place: null,
    text,
    score: 1 - position / 10,
  };
}
