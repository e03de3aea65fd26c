import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { compose } from '../../../bot/compose.ts';
import { readConfig } from '../../../bot/config.ts';
import { lieSequence, lyingWhenTold } from '../../../bot/demo/liar.ts';
import type { Liar } from '../../../bot/demo/liar.ts';
import { SUGGESTED_QUESTIONS } from '../../../bot/demo/web/suggested-questions.ts';
import { createLogger } from '../../../bot/logger.ts';
import { askToTheEnd } from '../../support/ask-to-the-end.ts';
import { startDemoWeb } from '../../support/demo-web-server.ts';
import type { DemoWebServer } from '../../support/demo-web-server.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let demo: DemoWebServer;
beforeAll(async () => {
  demo = await startDemoWeb();
});
afterAll(() => demo[Symbol.asyncDispose]());

const answerable = SUGGESTED_QUESTIONS.filter(({ text }) => !text.includes('DeepSeek-V5'));

describe('the switch that makes the writer lie', () => {
  test.each(answerable)('has every lie caught: $text', async ({ text }) => {
    await using folder = await temporaryFolder();
    const liar: Liar = { isOn: true };
    const random = lieSequence(7);
    const settings = { ...demo.settings, WIKIPEDIA: 'off', DATA_DIR: folder.path };
    const app = await compose(readConfig(settings), {
      logger: createLogger({ level: 'error', secrets: [] }),
      chooseWriter: ({ model, quotes }) => lyingWhenTold(model ?? quotes, { liar, random }),
    });
    try {
      for (let time = 0; time < 6; time += 1) {
        const { report, reply } = await askToTheEnd(app.ask, text, { isStreamedAsAnswered: false });
        const caught = report.sentences.filter(
          ({ verdict, isCorrected }) => verdict !== 'supported' || isCorrected === true,
        );
        expect([reply, caught.length]).toEqual([expect.stringContaining('⚠️'), 1]);
        const { difference, quotes: [quote] = [] } = caught[0] ?? {};
        // What a source lacks has no words that decide.
        const decides = difference?.found === null ? difference.claimed : `«${quote?.quote}»`;
        expect(reply).toContain(decides);
      }
      liar.isOn = false;
      const { report, reply } = await askToTheEnd(app.ask, text);
      expect(report.generator).toBe('extractive');
      expect(report.sentences.every(({ verdict }) => verdict === 'supported')).toBe(true);
      expect(reply).not.toContain('⚠️');
    } finally {
      await app.close();
    }
  });
});
