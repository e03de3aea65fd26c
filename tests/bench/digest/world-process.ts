import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { makeWorld } from './world.ts';
import { serveWorld } from './world-services.ts';
import type { WorldAddresses } from './world-services.ts';

interface WorldOptions {
  seed: number;
  items: number;
}

type WorldMessage =
  | { kind: 'listening'; addresses: WorldAddresses }
  | { kind: 'turned'; outages: number };

export interface WorldProcess extends AsyncDisposable {
  addresses: WorldAddresses;
  /** Makes it that time in the world; gives how many requests met an outage so far. */
  turnTo(time: number): Promise<number>;
}

/** The services in a process of their own, so that their memory and work are not the reader's. */
export async function startWorldProcess(options: WorldOptions): Promise<WorldProcess> {
  const child = fork(fileURLToPath(import.meta.url), [JSON.stringify(options)]);
  const next = async (): Promise<WorldMessage> => {
    const [message] = (await once(child, 'message')) as [WorldMessage];
    return message;
  };
  const first = await next();
  if (first.kind !== 'listening') throw new Error('the services did not start');
  return {
    addresses: first.addresses,
    async turnTo(time) {
      const answer = next();
      child.send(time);
      const message = await answer;
      return message.kind === 'turned' ? message.outages : 0;
    },
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}

// Only as a program of its own: importing what is above runs nothing.
if (import.meta.main && process.send !== undefined) {
  await run(JSON.parse(process.argv[2] ?? '{}') as WorldOptions);
}

async function run({ seed, items }: WorldOptions): Promise<void> {
  const world = makeWorld({ seed, items });
  let time = world.from;
  const services = await serveWorld(world, () => time, seed);
  const tell = (message: WorldMessage): void => void process.send?.(message);
  process.on('message', (told) => {
    time = Number(told);
    tell({ kind: 'turned', outages: services.outages });
  });
  tell({ kind: 'listening', addresses: services.addresses });
}
