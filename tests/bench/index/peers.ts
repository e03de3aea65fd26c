import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { mean, round } from '../statistics.ts';
import type { PeerFigures, PeerName, PeerTask } from './peer-process.ts';

const PEERS: Record<PeerName, { module: string }> = {
  'sqlite-vec': { module: 'sqlite-vec' },
  lancedb: { module: '@lancedb/lancedb' },
};

export interface PeersOptions {
  /** Where peers are looked for: a folder with `node_modules`. */
  installedIn: string;
  /** For what they write. */
  folder: string;
  /** All vectors in a row, as float32. */
  vectorsFile: string;
  dimensions: number;
  queries: Float32Array[];
  /** Of each query, the numbers of the ten nearest vectors. */
  exact: number[][];
}

/**
 * What anyone would try first for the dense arm, over the same vectors and questions, each in a
 * process of its own: both look at every vector. One that is not installed is said to be missing.
 */
export async function measurePeers({
  installedIn,
  exact,
  ...options
}: PeersOptions): Promise<Record<string, object | string>> {
  const figures: Record<string, object | string> = {};
  for (const [name, { module }] of Object.entries(PEERS) as [PeerName, { module: string }][]) {
    const entry = resolveFrom(installedIn, module);
    if (entry === null) {
      figures[name] = 'not installed';
      continue;
    }
    const folder = join(options.folder, name);
    const { nearest, ...measured } = await runPeer({ ...options, name, entry, folder });
    const recalls = exact.map(
      (right, at) => right.filter((number) => nearest[at]?.includes(number)).length / right.length,
    );
    const { buildSeconds, rssMb, diskMb, ...times } = measured;
    figures[name] = {
      buildSeconds: round(buildSeconds, 1),
      diskMb: Math.round(diskMb),
      rssMb: Math.round(rssMb),
      ...times,
      recallAt10: mean(recalls),
    };
  }
  return figures;
}

function resolveFrom(folder: string, module: string): string | null {
  try {
    return createRequire(join(folder, 'package.json')).resolve(module);
  } catch {
    return null;
  }
}

async function runPeer(task: PeerTask): Promise<PeerFigures> {
  const child = fork(new URL('peer-process.ts', import.meta.url), { serialization: 'advanced' });
  const exited = once(child, 'exit');
  child.send(task);
  const answered = once(child, 'message') as Promise<[PeerFigures]>;
  const first = await Promise.race([answered, exited.then(() => null)]);
  if (first === null) throw new Error(`the process of ${task.name} ended without an answer`);
  await exited;
  return first[0];
}
