import { expect, test } from 'vitest';

import { createLogger } from '../../bot/logger.ts';

test('no line holds a secret, however deep it hides', () => {
  const lines: string[] = [];
  const logger = createLogger({
    level: 'info',
    secrets: ['123:abc', 'key "with" quotes', ''],
    destination: { write: (line) => lines.push(line) },
  });
  const cause = new Error('request to https://api.telegram.org/bot123:abc/getMe failed');
  logger.error(
    { err: new Error('no answer', { cause }), key: 'key "with" quotes' },
    'at 123%3Aabc',
  );
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('bot[secret]/getMe');
  expect(lines[0]).not.toMatch(/123(?::|%3A)abc|with/u);
  expect(() => JSON.parse(lines[0] ?? '')).not.toThrow();
});

test('logs nothing below its level', () => {
  const lines: string[] = [];
  const destination = { write: (line: string) => lines.push(line) };
  createLogger({ level: 'error', secrets: [], destination }).info('hello');
  expect(lines).toEqual([]);
});
