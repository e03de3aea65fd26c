import { array, assert, nat, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createReasoningSplitter } from '../../../generation/models/reasoning.ts';
import type {
  ReasoningEvent,
  ReasoningSplitterOptions,
} from '../../../generation/models/reasoning.ts';

describe('reasoning between tags', () => {
  it.each<[what: string, pieces: string[], reasoning: string, text: string]>([
    ['in one piece', ['<think>Hm.</think>Да [1].'], 'Hm.', 'Да [1].'],
    ['with line breaks around', ['<think>\nHm.\n</think>\n\nДа [1].'], '\nHm.\n', 'Да [1].'],
    ['after white space', ['\n', '<think>Hm.</think>', ' Да.'], 'Hm.', 'Да.'],
    ['with the tags cut', ['<th', 'ink>H', 'm.</', 'thi', 'nk', '>Да.'], 'Hm.', 'Да.'],
    ['in the longer form', ['<thinking>Hm.</thinking>Да.'], 'Hm.', 'Да.'],
    ['in capitals', ['<THINK>Hm.</THINK>Да.'], 'Hm.', 'Да.'],
    ['with nothing between them', ['<think>\n\n</think>\n\nДа.'], '\n\n', 'Да.'],
    ['without a closing tag', ['<think>Hm. 1 < 2'], 'Hm. 1 < 2', ''],
    ['with nothing after them', ['<think>Hm.</think>\n'], 'Hm.', ''],
    ['with a smaller-than sign inside', ['<think>1 <', ' 2</think>Да.'], '1 < 2', 'Да.'],
  ])('is told apart %s', (_what, pieces, reasoning, text) => {
    expect(split(pieces)).toEqual({ reasoning, text, leaked: false });
  });

  it.each<[what: string, pieces: string[], text: string]>([
    ['text without tags', ['Да', ' [1].'], 'Да [1].'],
    ['a smaller-than sign', ['1 <', ' 2 и 3 <'], '1 < 2 и 3 <'],
    ['a tag like it', ['<thin', 'g> is no tag'], '<thing> is no tag'],
    [
      'tags in code',
      ['Пишет `<think>`, за', 'тем `</think>` и ответ.'],
      'Пишет `<think>`, затем `</think>` и ответ.',
    ],
    ['a block of code', ['```\n<think>a', '</think>\n```\nДа.'], '```\n<think>a</think>\n```\nДа.'],
    ['a tag between quotation marks', ['Тег «</think>» закрывает.'], 'Тег «</think>» закрывает.'],
    ['the beginning of a tag at the end', ['Да. </thi'], 'Да. </thi'],
  ])('leaves %s as it is', (_what, pieces, text) => {
    expect(split(pieces)).toEqual({ reasoning: '', text, leaked: false });
  });

  it.each([
    ['both tags', 'R1 пишет в <think>…</think>\n и отвечает.'],
    ['the closing tag', 'Тег </think> закрывает.'],
  ])('leaves %s in a sentence where the prompt speaks of them', (_what, text) => {
    const pieces = text.match(/.{1,3}/gsu) ?? [];
    expect(split(pieces, { mayNameTags: true })).toEqual({ reasoning: '', text, leaked: false });
  });

  it.each<[what: string, pieces: string[], reasoning: string, text: string]>([
    [
      'amid the answer',
      ['Да [1].\n<th', 'ink>Or 617?</think>\nНет [2].'],
      'Or 617?',
      'Да [1].\nНет [2].',
    ],
    ['twice', ['<think>a</think>Да. <think>b</think> Нет.'], 'ab', 'Да. Нет.'],
    ['amid the answer and unclosed', ['Да [1].\n<think>Or 6', '17?'], 'Or 617?', 'Да [1].\n'],
    ['closed twice', ['<think>a</think>\n</th', 'ink>\nДа.'], 'a', 'Да.'],
    ['in other words', ['<thought>a</thought>Да.'], 'a', 'Да.'],
    ['in other brackets', ['◁think▷a◁/think▷Да.'], 'a', 'Да.'],
  ])('is told apart %s', (_what, pieces, reasoning, text) => {
    expect(split(pieces)).toEqual({ reasoning, text, leaked: false });
  });

  it('shows text as soon as it comes', () => {
    const splitter = createReasoningSplitter();
    expect(splitter.content('Да')).toEqual([{ type: 'text-delta', text: 'Да' }]);
    expect(splitter.content(' [1]')).toEqual([{ type: 'text-delta', text: ' [1]' }]);
  });

  it('tells when what was shown was reasoning', () => {
    expect(split(['Let me see.', '\n</th', 'ink>', '\n\nДа [1].'])).toMatchObject({ leaked: true });
    expect(split(['Let me see.</think>'])).toMatchObject({ leaked: true });
    expect(split(['мысли [1]', '</thi', 'nk>', 'Высота [1].'])).toMatchObject({ leaked: true });
    expect(split(['617 or so.</think> 671 млрд [1].'])).toMatchObject({ leaked: true });
    expect(split(['Скажу 617 </think> «Байкал» [1].'])).toMatchObject({ leaked: true });
    expect(split(['I say so </think> the lake is deep.'])).toMatchObject({ leaked: true });
  });

  it('shows nothing more once it leaked', () => {
    const splitter = createReasoningSplitter();
    splitter.content('Let me see.');
    expect(splitter.content('\n</think>\nДа.')).toEqual([]);
    expect(splitter.content('Ещё.')).toEqual([]);
    expect(splitter.end({ wasCut: false })).toEqual([]);
  });
});

describe('reasoning without an opening tag', () => {
  it('is held back until the closing tag', () => {
    const splitter = createReasoningSplitter({ opensUnmarked: true });
    expect(splitter.content('Let me')).toEqual([]);
    expect(splitter.content(' see.\n</think>\n\nДа')).toEqual([
      { type: 'reasoning-delta', text: 'Let me see.\n' },
      { type: 'text-delta', text: 'Да' },
    ]);
    expect(splitter.content(' [1].')).toEqual([{ type: 'text-delta', text: ' [1].' }]);
  });

  it('may have an opening tag all the same', () => {
    expect(split(['<think>Hm.</think>Да.'], { opensUnmarked: true })).toEqual({
      reasoning: 'Hm.',
      text: 'Да.',
      leaked: false,
    });
  });

  it('was none when the answer ends without a closing tag', () => {
    expect(split(['Да', ' [1].'], { opensUnmarked: true })).toEqual({
      reasoning: '',
      text: 'Да [1].',
      leaked: false,
    });
  });

  it('is all there is when the answer was cut before the closing tag', () => {
    expect(split(['Let me', ' see'], { opensUnmarked: true, wasCut: true })).toEqual({
      reasoning: 'Let me see',
      text: '',
      leaked: false,
    });
  });
});

describe('reasoning in a field of its own', () => {
  it('goes before text that then streams at once', () => {
    const splitter = createReasoningSplitter({ opensUnmarked: true });
    expect(splitter.content('')).toEqual([]);
    expect(splitter.reasoning('Hm.')).toEqual([{ type: 'reasoning-delta', text: 'Hm.' }]);
    expect(splitter.content('\n\nДа')).toEqual([{ type: 'text-delta', text: 'Да' }]);
    expect(splitter.content(' [1].')).toEqual([{ type: 'text-delta', text: ' [1].' }]);
  });
});

describe('however it is cut', () => {
  const reasoning = string({ maxLength: 30 }).map((text) => text.replaceAll('<', ''));
  const answer = string({ maxLength: 30 }).map((text) => text.replaceAll('<', '').trim());

  it.each([false, true])('the same comes out (unmarked: %s)', (opensUnmarked) => {
    assert(
      property(reasoning, answer, array(nat(80)), (thought, text, cuts) => {
        const whole = `${opensUnmarked ? '' : '<think>'}x${thought}</think>${text}`;
        expect(split(cut(whole, cuts), { opensUnmarked })).toEqual({
          reasoning: `x${thought}`,
          text,
          leaked: false,
        });
      }),
    );
  });
});

function split(
  pieces: readonly string[],
  { wasCut = false, ...options }: ReasoningSplitterOptions & { wasCut?: boolean } = {},
): { reasoning: string; text: string; leaked: boolean } {
  const splitter = createReasoningSplitter(options);
  const events = [
    ...pieces.flatMap((piece) => splitter.content(piece)),
    ...splitter.end({ wasCut }),
  ];
  const join = (type: ReasoningEvent['type']): string =>
    events.map((event) => (event.type === type ? event.text : '')).join('');
  return { reasoning: join('reasoning-delta'), text: join('text-delta'), leaked: splitter.leaked };
}

function cut(text: string, cuts: readonly number[]): string[] {
  const places = [...new Set(cuts)].filter((place) => place < text.length).sort((a, b) => a - b);
  return [0, ...places].map((place, index) => text.slice(place, places[index] ?? text.length));
}
