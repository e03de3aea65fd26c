import { expect, it } from 'vitest';

import { passageId } from '../../retrieval/passage-id.ts';

const passage = { scope: 'public', url: 'https://a.example/x', position: 0 };

it('is the same UUID of version 8 in every process', () => {
  expect(passageId(passage)).toBe('9217e5c1-d862-84ae-a377-2defd59afe07');
});

it('is a UUID whatever it is made of', () => {
  for (let position = 0; position < 200; position += 1) {
    expect(passageId({ ...passage, position })).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u,
    );
  }
});

it('differs with scope, address and position, and cannot be forged by any of them', () => {
  const ids = [
    passage,
    { ...passage, scope: 'chat:7' },
    { ...passage, url: 'https://a.example/y' },
    { ...passage, position: 1 },
    { ...passage, url: 'https://a.example/x\n1', position: 0 },
    { ...passage, url: 'https://a.example/x', position: 10 },
  ].map((each) => passageId(each));
  expect(new Set(ids).size).toBe(ids.length);
});
