export interface ProgramOptions {
  /** How long the program may take to stop once it is told to. */
  stopMs?: number;
}

/**
 * Runs a program to its exit code. SIGINT and SIGTERM ask it to stop, a second one or too long a
 * wait ends it at once; what it throws is told in one line on standard error.
 */
export async function runProgram(
  program: (signal: AbortSignal) => Promise<number>,
  { stopMs = 10_000 }: ProgramOptions = {},
): Promise<void> {
  const stop = new AbortController();
  const onSignal = (): void => {
    if (stop.signal.aborted) process.exit(1);
    stop.abort();
    setTimeout(() => process.exit(1), stopMs).unref();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    process.exitCode = await program(stop.signal);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
  // What was told to end waits for no connection that hangs.
  if (stop.signal.aborted) process.exit();
}
