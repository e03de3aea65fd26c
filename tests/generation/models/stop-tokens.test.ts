import { describe, expect, it } from 'vitest';

import { createStopTokens } from '../../../generation/models/stop-tokens.ts';

describe('a mark of a template', () => {
  it.each<[what: string, text: string, answer: string]>([
    ['the end', 'Да [1].<|im_end|>\n<|im_start|>user\nА ещё?', 'Да [1].'],
    ['an end of DeepSeek', 'Да [1].<｜end▁of▁sentence｜>Ещё.', 'Да [1].'],
    ['text that goes on in the same line', 'Да [1].<|endoftext|>Human history', 'Да [1].'],
    ['the end of a sequence', 'Да [1].</s>', 'Да [1].'],
    ['the end of a sequence with a turn', 'Да [1].</s>[INST] А ещё? [/INST]', 'Да [1].'],
    ['the next turn', 'Да [1].\n\nUser: а ещё?\n\nAssistant: нет', 'Да [1].'],
    ['the next turn in Russian', 'Да [1].\n\nПользователь: а ещё?', 'Да [1].'],
    ['the next turn in the next line', 'Да [1].\nHuman: а ещё?', 'Да [1].'],
    ['the next instruction', '### Response:\nДа [1].\n### Instruction:\nещё', 'Да [1].'],
    ['the end of a block', 'Вот:\n```\na\n```<|im_end|>', 'Вот:\n```\na\n```'],
    ['the end of a block left open', 'Вот:\n```\na\n<|im_end|>', 'Вот:\n```\na\n'],
    ['a channel', '<|start|>assistant<|channel|>final<|message|>Да [1].<|return|>', 'Да [1].'],
  ])('ends the answer: %s', (_what, text, answer) => {
    for (const length of [1, 4, text.length]) expect(filter(text, length)).toBe(answer);
  });

  it.each([
    ['a strike-through in a block', '```html\n<s>500</s> <b>400</b>\n```\nДа.'],
    ['a strike-through between backticks', 'Пишут `<s>цена</s>`, а жирный – `<b>`.'],
    ['a strike-through in the text', 'Цена <s>500</s> 400 рублей.'],
    ['a role in a block', '```yaml\nschemas:\n    User:\n      type: object\n```\nДа.'],
    ['a role at the margin of a block', '```yaml\na: b.\nUser:\n  type: object\n```\nДа.'],
    ['a role in a list', 'Роли в системе:\nUser: читает.\nAdmin: пишет.\nHuman: смотрит.'],
    ['a role in indented text', 'Схема такова.\n    User: владелец'],
    ['a mark in a block that shows a template', '```\n<|im_end|>\n<|im_start|>user\n```\nДа.'],
    ['a mark between quotation marks', 'Реплику закрывает «<|im_end|>», и всё.'],
    ['a mark as a word', 'Реплику закрывает </s>, а открывает <s>.'],
    ['a mark as a word amid others', 'Модель пишет <|im_end|> и умолкает.'],
    ['an array', 'Пусть a[I] равно [IN].'],
  ])('is a word of the answer: %s', (_what, text) => {
    for (const length of [1, 4, text.length]) expect(filter(text, length)).toBe(text);
  });

  it.each([
    ['bytes', '<0xD0><0x94>а.<0x0A>Нет.', 'Да.\nНет.'],
    ['what has no character', 'Да<unk> [1].<pad><pad>', 'Да [1].'],
  ])('that stands for a character: %s', (_what, text, answer) => {
    for (const length of [1, 3, text.length]) expect(filter(text, length)).toBe(answer);
  });
});

function filter(text: string, length: number): string {
  const stops = createStopTokens();
  let answer = '';
  for (let at = 0; at < text.length && !stops.isOver; at += length) {
    answer += stops.push(text.slice(at, at + length));
  }
  return answer + stops.end();
}
