import { pino } from 'pino';

import { openSources } from '../../bot/sources/open-sources.ts';
import type { SourcesDesk } from '../../bot/sources/sources-desk.ts';
import { passagesOfPage } from '../../retrieval/reading/passages-of-page.ts';

import { MemoryIndex } from './memory-index.ts';
import { createScriptedWeb } from './scripted-web.ts';
import type { ScriptedAnswer, ScriptedWeb } from './scripted-web.ts';

import { temporaryFolder } from './temporary-folder.ts';

export interface TestSourcesDesk extends AsyncDisposable {
  desk: SourcesDesk;
  web: ScriptedWeb;
  index: MemoryIndex;
}

/** Sources over a scripted web and an index in memory. */
export async function openTestSources(
  answers: Record<string, ScriptedAnswer>,
): Promise<TestSourcesDesk> {
  const folder = await temporaryFolder();
  const web = createScriptedWeb(answers);
  const index = new MemoryIndex();
  const desk = openSources({
    folder: folder.path,
    index,
    fetchPage: (url, options) => web.fetchPage(url, options),
    read: (page, { scope }) => passagesOfPage(page, { scope }),
    embedder: null,
    allowPrivateHosts: ['127.0.0.5:8000'],
    logger: pino({ level: 'silent' }),
  });
  return {
    desk,
    web,
    index,
    async [Symbol.asyncDispose]() {
      await desk.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}
