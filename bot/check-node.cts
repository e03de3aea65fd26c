// Loaded before the program itself (node -r), because on an old Node its imports would fail with a
// riddle. A .cts file, since that is what every Node from 18 on loads here, each in its own way: so
// it stays free of types and of anything that an old Node cannot parse.
(function checkNode() {
  const oldest = 24;
  const found = process.versions.node;
  if (Number(found.split('.')[0]) >= oldest) {
    // Threads load this file too. Code kept compiled in the temporary folder makes every start but
    // the first quicker, and each thread some 15 MB smaller: none needs the compiler of types again.
    require('node:module').enableCompileCache();
    return;
  }
  process.stderr.write(
    `Istok needs Node ${oldest} or newer and found ${found}: remove node_modules and run "npm ci" without --omit=optional, which brings its own Node, or install Node ${oldest} or newer.\n`,
  );
  process.exit(1);
})();
