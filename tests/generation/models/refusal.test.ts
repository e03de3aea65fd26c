import { describe, expect, it } from 'vitest';

import { createRefusalGate } from '../../../generation/models/refusal.ts';

describe('a refusal', () => {
  it.each([
    'As an AI language model, I cannot give medical advice.',
    "I'm not able to help with that request.",
    'I must decline to answer.',
    'I apologize, but I cannot provide that.',
    'Sorry, I can’t help with that.',
    'Unfortunately, I am unable to discuss this topic.',
    'I cannot discuss this. Let us talk about lakes instead.',
    'My guidelines do not allow this.',
    'Я не могу обсуждать эту тему.',
    'Я не могу отвечать на такие вопросы.',
    '**К сожалению, не могу помочь с этим.**',
    'Прошу прощения, но я не могу это обсуждать.',
    'Понимаю ваш интерес, однако я не могу рассказать об этом.',
    'Спасибо за вопрос! К сожалению, я не могу на него ответить.',
    'Мне не разрешено обсуждать эту тему.',
    'Данная тема не может быть обсуждена.',
    'Не могу ответить.',
    'Извините, но я не нашёл этого в источниках.',
    'Давайте поговорим о чем-нибудь другом.',
    'Как и любая языковая модель, я не обладаю собственным мнением',
  ])('is known by its form: %s', (text) => {
    for (const length of [3, text.length]) {
      expect(filter(text, length)).toEqual({ shown: '', isRefusal: true });
    }
  });

  it.each([
    'Я не могу быть в двух местах сразу, поёт герой [1].',
    'К сожалению, озеро мелеет с 1990 года [1].',
    'Как языковая модель, DeepSeek-V3 обучена на 14,8 трлн токенов [1].',
    'Как языковые модели считают токены, описано в статье [1].',
    'This question is answered by the census [1].',
    'I cannot be divided, says the constitution of 1791 [1].',
    'Unfortunately, the lake shrank to 300 km² [2].',
    'I, Claudius is a novel by Robert Graves [1].',
    'Ответить можно так: 1642 метра [1].',
    'Не могу молчать – статья Толстого [1].',
  ])('is not what cites or states: %s', (text) => {
    for (const length of [3, text.length]) {
      expect(filter(text, length)).toEqual({ shown: text, isRefusal: false });
    }
  });

  it('keeps no other answer waiting', () => {
    const gate = createRefusalGate();
    expect(gate.push('Дл')).toBe('Дл');
    expect(gate.push('ина')).toBe('ина');
  });
});

function filter(text: string, length: number): { shown: string; isRefusal: boolean } {
  const gate = createRefusalGate();
  let shown = '';
  for (let at = 0; at < text.length && !gate.isRefusal; at += length) {
    shown += gate.push(text.slice(at, at + length));
  }
  if (!gate.isRefusal) {
    const rest = gate.end();
    if (!gate.isRefusal) shown += rest;
  }
  return { shown, isRefusal: gate.isRefusal };
}
