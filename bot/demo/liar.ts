import type { Answerer } from '../../generation/answer/answerer.ts';

import { tellLie } from './tell-lie.ts';

/** The switch on the demo's page that makes its writer lie. */
export interface Liar {
  isOn: boolean;
}

export interface LyingOptions {
  liar: Liar;
  /** At least 0 and below 1. */
  random: () => number;
}

/**
 * The same answers, and false ones while the switch is on: a lie is then put into a true answer, which
 * the bot knows nothing of. It comes word by word, as from a model.
 */
export function lyingWhenTold(inner: Answerer, { liar, random }: LyingOptions): Answerer {
  return {
    get name() {
      return liar.isOn ? 'liar' : inner.name;
    },
    async *answer(request, options) {
      if (!liar.isOn) {
        yield* inner.answer(request, options);
        return;
      }
      let text = '';
      for await (const event of inner.answer(request, options)) {
        if (event.type === 'text-delta') text += event.text;
        else yield event;
      }
      if (text === '') return;
      const lie = tellLie(text, { passages: request.passages, random });
      for (const word of (lie?.text ?? text).match(/\s*\S+|\s+$/gu) ?? []) {
        yield { type: 'text-delta', text: word };
      }
    },
  };
}

/** Park and Miller's sequence: a demo that is started again tells the same lies. */
export function lieSequence(seed = 2_025): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
