import { describe, expect, it } from 'vitest';

import { createLanguageGate } from '../../../generation/answer/language-gate.ts';
import type { LanguageGateOptions } from '../../../generation/answer/language-gate.ts';

describe('an answer in the language of its question', () => {
  it.each<[language: 'ru' | 'en', text: string]>([
    ['ru', 'В модели 671 млрд параметров [1].'],
    ['ru', 'GRPO.'],
    ['ru', 'Mistral AI.'],
    ['ru', 'DeepSeek-V3 and R1'],
    ['ru', 'Attention Is All You Need [1].'],
    [
      'ru',
      '«Attention is all you need, says the paper about transformers» – так называется статья.',
    ],
    [
      'ru',
      'Reinforcement Learning from Human Feedback – обучение с подкреплением по отзывам людей [1].',
    ],
    ['ru', '`pip install torch torchvision torchaudio --index-url x` ставит нужную версию.'],
    ['ru', 'Mixture of experts – это архитектура, где работает часть сетей [1].'],
    [
      'ru',
      'RAG (retrieval-augmented generation) — это приём, при котором модель отвечает по документам [1].',
    ],
    ['en', 'The moon (луна, также ночное светило) is the only satellite of the earth [1].'],
    ['ru', '671B.'],
    ['en', 'Байкал is the deepest lake of the world [1].'],
    ['en', '«Война и мир» was written by Leo Tolstoy in 1869 [1].'],
    [
      'en',
      'Владимир Ильич Ульянов (Lenin) was born in Simbirsk in the family of an inspector [1].',
    ],
    ['en', 'Moscow.'],
    ['en', 'Алгоритм'],
  ])('is shown: %s %s', (language, text) => {
    expect(filter(text, { language })).toEqual({ shown: text, isWrong: false });
  });

  it.each<[language: 'ru' | 'en', text: string]>([
    ['ru', 'The model has 671 billion parameters.'],
    [
      'ru',
      'Ответ: The model has 671 billion parameters and was trained on 14.8 trillion tokens [1].',
    ],
    ['ru', 'Конечно! The model has 671 billion parameters and was trained on many tokens [1].'],
    ['ru', 'Das Modell hat 671 Milliarden Parameter und wurde veröffentlicht.'],
    ['ru', 'Модель має 671 мільярд параметрів і була випущена у грудні [1].'],
    ['ru', '该模型于2024年发布,训练数据为14.8万亿个标记。'],
    ['en', 'Модель вышла в декабре 2024 года.'],
    ['en', 'The model is DeepSeek [1]. Модель вышла в декабре 2024 года и обучена на токенах [1].'],
    ['en', 'Das Modell hat 671 Milliarden Parameter und wurde im Dezember veröffentlicht [1].'],
    ['en', 'El modelo tiene 671 mil millones de parámetros y fue lanzado en diciembre [1].'],
  ])('is not shown in another: %s %s', (language, text) => {
    expect(filter(text, { language })).toEqual({ shown: '', isWrong: true });
  });

  it('may be readable at least', () => {
    const english = 'The model has 671 billion parameters.';
    expect(filter(english, { language: 'ru', accepts: 'readable' }).isWrong).toBe(false);
    const german = 'Das Modell hat 671 Milliarden Parameter und wurde veröffentlicht.';
    expect(filter(german, { language: 'ru', accepts: 'readable' }).isWrong).toBe(true);
  });

  it('waits for a few words only', () => {
    const gate = createLanguageGate({ language: 'ru' });
    expect(gate.push('Модель обучена')).toBe('');
    expect(gate.push(' вчера')).toBe('Модель обучена вчера');
    expect(gate.push(' токенах')).toBe(' токенах');
  });
});

function filter(text: string, options: LanguageGateOptions): { shown: string; isWrong: boolean } {
  const gate = createLanguageGate(options);
  let shown = '';
  for (const [word] of text.matchAll(/\s*\S+/gu)) shown += gate.push(word);
  return { shown: shown + gate.end(), isWrong: gate.isWrong };
}
