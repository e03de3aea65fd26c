const OLDEST_NODE = 24;

// Nothing is imported before the version is checked: on an old Node the imports themselves fail.
if (import.meta.main !== false) await main();

async function main(): Promise<void> {
  const [major] = process.versions.node.split('.').map(Number);
  if (major === undefined || major < OLDEST_NODE) {
    process.stderr.write(
      `Istok needs Node ${OLDEST_NODE} or newer and this is ${process.versions.node}: start it with "npm start" after "npm ci", which brings its own Node.\n`,
    );
    process.exitCode = 1;
    return;
  }
  const { runProgram } = await import('./run-program.ts');
  const { loadEnvironment, readConfig } = await import('./config.ts');
  await runProgram(async (signal) => {
    const config = readConfig(loadEnvironment());
    const { compose } = await import('./compose.ts');
    const { token } = config.telegram;
    if (token === null || process.argv.includes('--demo')) {
      const { startDemo } = await import('./demo/main.ts');
      await startDemo({ config, compose, stdout: process.stdout, signal });
      return 0;
    }
    const { start } = await import('./start.ts');
    // The bot alone holds the data folder, so only it may say that a move is over.
    const move = process.argv.includes('--move-index') ? 'move' : 'conclude';
    await start({
      config,
      token,
      compose: (settings, options) => compose(settings, { ...options, move }),
      signal,
    });
    return 0;
  });
}
