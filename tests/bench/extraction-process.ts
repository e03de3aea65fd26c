import { measureExtraction } from './extraction-figures.ts';
import type { ExtractionMessage } from './extraction.ts';

const [dataFolder = ''] = process.argv.slice(2);
try {
  const log = (line: string): void => send({ kind: 'line', line });
  send({ kind: 'figures', figures: await measureExtraction({ dataFolder, log }) });
} catch (error) {
  send({ kind: 'failure', message: error instanceof Error ? error.message : String(error) });
}
process.disconnect?.();

function send(message: ExtractionMessage): void {
  process.send?.(message);
}
