import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** In the order of the arrows: a room sees itself and the rooms before it. */
const ROOMS = ['retrieval', 'citations', 'generation', 'bot'];

/** All that citations may see of retrieval. */
const SEEN_BY_CITATIONS = ['retrieval/passage.ts', 'retrieval/text/'];

/** Started in a thread of their own or by a browser; all else does nothing when it is imported. */
const ENTRIES = new Set([
  'bot/demo/page/page.ts',
  'retrieval/index/embedded-scanner.ts',
  'retrieval/index/embedded-writer.ts',
  'retrieval/reading/page-reader-worker.ts',
]);

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const filesUnder = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length).replaceAll('\\', '/'));

const sourcesUnder = (folder: string): string[] =>
  filesUnder(folder).filter((path) => /\.c?ts$/u.test(path));

interface Import {
  from: string;
  /** A path from the root for a file, the name as it stands for a package. */
  to: string;
  isFile: boolean;
  isTypeOnly: boolean;
}

function importsOf(path: string): Import[] {
  const source = read(path);
  const statements = source.matchAll(
    /^(?:import|export)(?<type> type)? (?:[\w\s,{}*$]+ from )?'(?<to>[^']+)'/gmu,
  );
  const calls = source.matchAll(/\bimport\('(?<to>[^']+)'\)/gu);
  const workers = source.matchAll(/\bnew URL\('(?<to>\.[^']+)', import\.meta\.url\)/gu);
  return [...statements, ...calls, ...workers].map(({ groups = {} }) => {
    const to = groups['to'] ?? '';
    const isFile = to.startsWith('.');
    return {
      from: path,
      to: isFile ? posix.join(posix.dirname(path), to) : to,
      isFile,
      isTypeOnly: groups['type'] !== undefined,
    };
  });
}

const show = ({ from, to }: Import): string => `${from} → ${to}`;

const roomFiles = ROOMS.flatMap(sourcesUnder);
const roomImports = roomFiles.flatMap(importsOf);

describe('the rooms', () => {
  test('are found, with their imports', () => {
    expect(roomFiles.length).toBeGreaterThan(100);
    expect(roomImports.filter((one) => one.isFile).length).toBeGreaterThan(300);
    expect(roomImports.map(show)).toContain('bot/open-models.ts → bot/connections/openai.ts');
  });

  test('see only themselves and the rooms to their left', () => {
    const wrong = roomImports.filter(({ from, to, isFile }) => {
      const [ownRoom = '', otherRoom = ''] = [from.split('/')[0], to.split('/')[0]];
      if (!isFile) return false;
      return !ROOMS.slice(0, ROOMS.indexOf(ownRoom) + 1).includes(otherRoom);
    });
    expect(wrong.map(show)).toEqual([]);
  });

  test('give citations nothing of retrieval but the passage and the text analysis', () => {
    const wrong = roomImports.filter(
      ({ from, to }) =>
        from.startsWith('citations/') &&
        to.startsWith('retrieval/') &&
        !SEEN_BY_CITATIONS.some((seen) => to.startsWith(seen)),
    );
    expect(wrong.map(show)).toEqual([]);
  });

  test('know of no demo but where the program starts', () => {
    const wrong = roomImports.filter(
      ({ from, to }) =>
        to.startsWith('bot/demo/') && !from.startsWith('bot/demo/') && from !== 'bot/main.ts',
    );
    expect(wrong.map(show)).toEqual([]);
  });

  test('name every imported file in full', () => {
    const files = new Set([...ROOMS, 'tests'].flatMap(filesUnder));
    const wrong = roomImports.filter(({ to, isFile }) => isFile && !files.has(to));
    expect(wrong.map(show)).toEqual([]);
  });

  test('read the environment in one file', () => {
    expect(roomFiles.filter((path) => read(path).includes('process.env'))).toEqual([
      'bot/config.ts',
    ]);
  });

  test('have no drawer for everything', () => {
    const paths = [...ROOMS, 'tests'].flatMap(filesUnder);
    expect(
      paths.filter((path) => /(?:^|[/-])(?:utils?|helpers?|common|misc)(?:[/.-]|$)/u.test(path)),
    ).toEqual([]);
  });

  test('do nothing when they are imported', { timeout: 60_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'istok-structure-'));
    const modules = roomFiles.filter(
      (path) => path.endsWith('.ts') && !ENTRIES.has(path) && path !== 'bot/main.ts',
    );
    const program = `
      const before = process.eventNames().length;
      for (const path of ${JSON.stringify(modules)}) await import('file://' + ${JSON.stringify(ROOT)} + path);
      if (process.eventNames().length !== before) console.log('listens to the process');
    `;
    const { stdout, stderr, status, signal } = spawnSync(
      process.execPath,
      ['--input-type=module', '-e', program],
      { cwd: folder, env: {}, encoding: 'utf8', timeout: 40_000 },
    );
    const left = readdirSync(folder);
    rmSync(folder, { recursive: true });
    expect({ stdout, stderr, status, signal, left }).toEqual({
      stdout: '',
      stderr: '',
      status: 0,
      signal: null,
      left: [],
    });
  });
});

interface PackageJson {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
}

const isIn = (list: Record<string, string>, name: string): boolean =>
  Object.keys(list).some((known) => name === known || name.startsWith(`${known}/`));

describe('the packages', () => {
  const packageJson = JSON.parse(read('package.json')) as PackageJson;
  const { dependencies, devDependencies, optionalDependencies } = packageJson;

  test('that a room imports are those that are installed without tools of development', () => {
    const wrong = roomImports.filter(({ to, isFile, isTypeOnly }) => {
      if (isFile || to.startsWith('node:') || isIn(dependencies, to)) return false;
      // Types are erased, so a package of types is needed only where types are checked.
      return !(isTypeOnly && isIn(devDependencies, `@types/${to}`));
    });
    expect(wrong.map(show)).toEqual([]);
  });

  test('that a test imports are declared', () => {
    const wrong = sourcesUnder('tests')
      .flatMap(importsOf)
      .filter(({ to, isFile }) => !isFile && !to.startsWith('node:'))
      .filter(({ to }) => !isIn({ ...dependencies, ...devDependencies }, to));
    expect(wrong.map(show)).toEqual([]);
  });

  test('have exact versions', () => {
    const versions = Object.values({
      ...dependencies,
      ...devDependencies,
      ...optionalDependencies,
    });
    // A package may stand under another name, so that two versions of it can be there.
    const exact = /^(?:npm:[\w@/.-]+@)?\d+\.\d+\.\d+$/u;
    expect(versions.filter((version) => !exact.test(version))).toEqual([]);
  });

  test('bring one version of Node for every system', () => {
    const systems = Object.entries(optionalDependencies).filter(([name]) =>
      name.startsWith('node-'),
    );
    expect(systems.length).toBeGreaterThan(3);
    expect(new Set(systems.map(([, version]) => version)).size).toBe(1);
  });

  test('are locked without the address of a registry, so that any mirror serves them', () => {
    expect(read('package-lock.json')).not.toMatch(/"resolved"|https?:\/\/[^"]*\.tgz/u);
  });
});

describe('the documents', () => {
  const settings = [...read('.env.example').matchAll(/^#?([A-Z][A-Z_]+)=/gmu)].map(
    ([, name]) => name ?? '',
  );
  const readIn = read('bot/config.ts').match(/^const SETTINGS = z\.object\(\{$.*?^\}\);$/msu)?.[0];

  test('README lists every setting that is read, and no other', () => {
    const table = read('README.md').match(/^## Settings$.*?(?=^## )/msu)?.[0] ?? '';
    const listed = [...table.matchAll(/^\| `([A-Z_]+)`/gmu)].map(([, name]) => name);
    const known = [...(readIn ?? '').matchAll(/^ {2}([A-Z_]+):/gmu)].map(([, name]) => name);
    expect(known.length).toBeGreaterThan(10);
    expect(listed.toSorted()).toEqual(known.toSorted());
    expect(settings.toSorted()).toEqual(known.toSorted());
  });

  test('README names only npm scripts and files that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    for (const document of ['README.md', 'CONTRIBUTING.md']) {
      const text = read(document);
      const commands = [...text.matchAll(/\bnpm run (?:-s )?(\w[\w:-]*)/gu)].map(
        ([, name]) => name ?? '',
      );
      expect(commands.filter((name) => !(name in scripts))).toEqual([]);
      const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/gu)].map(([, path]) => path ?? '');
      expect(links.filter((path) => read(path) === '')).toEqual([]);
    }
  });

  test('CONTRIBUTING shows every folder of every room', () => {
    const folders = new Set(ROOMS.flatMap(filesUnder).map((path) => dirname(path)));
    const picture = read('CONTRIBUTING.md');
    expect([...folders].filter((folder) => !picture.includes(`${basename(folder)}/`))).toEqual([]);
  });

  test('CONTRIBUTING names only files that exist', () => {
    const named = [...read('CONTRIBUTING.md').matchAll(/`((?:[\w.-]+\/)+[\w.-]+\.\w+)`/gu)].map(
      ([, path]) => path ?? '',
    );
    const files = new Set([...ROOMS, 'tests', 'docker', 'docs'].flatMap(filesUnder));
    expect(named.length).toBeGreaterThan(10);
    // A file that the reader is to write.
    expect(named.filter((path) => !files.has(path))).toEqual(['retrieval/search/NAME.ts']);
  });
});

describe('the image', () => {
  test('holds every room and nothing of the data, the settings or the tests', () => {
    const copied = [...read('Dockerfile').matchAll(/^COPY (?!--from)(.+) \S+$/gmu)].flatMap(
      ([, sources]) => (sources ?? '').split(' '),
    );
    expect(copied).toEqual(expect.arrayContaining(ROOMS));
    const allowed = read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    expect(new Set(allowed)).toEqual(new Set(copied));
    expect(read('.dockerignore')).toMatch(/^\*$/mu);
  });

  test('starts the bot as `npm start` does', () => {
    const { scripts }: { scripts: { start: string } } = JSON.parse(read('package.json'));
    const [, command = ''] = /^CMD (\[.*\])$/mu.exec(read('Dockerfile')) ?? [];
    expect(JSON.parse(command)).toEqual(scripts.start.split(' '));
  });

  test('runs as nobody in particular', () => {
    expect(read('Dockerfile')).toMatch(/^USER node$/mu);
  });

  test('is given only settings that the bot reads', () => {
    const [bot = ''] = read('compose.yaml').match(/^ {2}bot:$.*?(?=^ {2}\w+:$)/msu) ?? [];
    const given = [...bot.matchAll(/^ {6}([A-Z_]+):/gmu)].map(([, name]) => name);
    const known = read('.env.example');
    expect(given).toContain('BOT_TOKEN');
    expect(given.filter((name) => !known.includes(`${name}=`))).toEqual([]);
  });

  test('stands among services of a fixed version that each say whether they are well', () => {
    const compose = read('compose.yaml');
    const images = [...compose.matchAll(/^ {4}image: (.+)$/gmu)].map(([, image]) => image ?? '');
    expect(images).toHaveLength(3);
    expect(images.filter((image) => /:latest|^[^:]+$/u.test(image))).toEqual([]);
    expect(compose.match(/^ {4}healthcheck:$/gmu)).toHaveLength(images.length);
    expect(read('Dockerfile')).toMatch(/^HEALTHCHECK /mu);
  });
});
