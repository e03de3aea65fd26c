import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A program of `bot/cli` or `tests/support`, run as npm would. */
export interface ProgramToKill {
  /** Its file, from the root of the project. */
  file: string;
  args?: readonly string[];
  settings?: Record<string, string>;
  /** Kills it as soon as it has printed this line. */
  killAfter?: string;
  /** Called with what kills it, before it has done anything. */
  onStart?: (kill: () => void) => void;
}

export interface ProgramEnd {
  code: number | null;
  signal: string | null;
  out: string;
  err: string;
}

/** Runs it to its end, which may be a SIGKILL. */
export async function runToKill({
  file,
  args = [],
  settings = {},
  killAfter,
  onStart = () => {},
}: ProgramToKill): Promise<ProgramEnd> {
  const root = new URL('../../', import.meta.url).pathname;
  const checkNode = `${root}bot/check-node.cts`;
  const child = spawn(process.execPath, ['-r', checkNode, `${root}${file}`, ...args], {
    cwd: settings['DATA_DIR'],
    env: { ...process.env, QDRANT_URL: '', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onStart(() => child.kill('SIGKILL'));
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => {
    out += String(chunk);
    if (killAfter !== undefined && out.split('\n').includes(killAfter)) child.kill('SIGKILL');
  });
  child.stderr.on('data', (chunk) => (err += String(chunk)));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { code, signal, out, err };
}
