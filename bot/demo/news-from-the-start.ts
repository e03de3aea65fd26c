import { setTimeout as pause } from 'node:timers/promises';

import type { Compose } from '../start.ts';

/**
 * What the demo's services have is news at once, although they are read for the first time; and it is
 * looked for only when the first question may have been answered, since both want the processor.
 */
export function composeWithNews(compose: Compose, { afterMs }: { afterMs: number }): Compose {
  return async (config, options) => {
    const app = await compose(config, options);
    const { digest = null } = app;
    if (digest === null) return app;
    return {
      ...app,
      digest: {
        ...digest,
        async prepare(wanted) {
          await pause(afterMs, undefined, { signal: wanted.signal });
          return digest.prepare({ ...wanted, isFirstRunSilent: false });
        },
      },
    };
  };
}
