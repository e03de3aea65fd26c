import type { Block } from '../passage.ts';
import { foldCode } from './text-folding.ts';

/**
 * Cuts source code where its author parted it: at blank lines before what stands at the margin, and
 * at definitions there. Each part names its lines.
 */
export function sourceCodeBlocks(source: string, codeLanguage: string | null = null): Block[] {
  const lines = source.split('\n', maxLines);
  const blocks: Block[] = [];
  let start = 0;
  const close = (end: number): void => {
    let [from, to] = [start, end];
    while (from < to && lines[from]?.trim() === '') from += 1;
    while (to > from && lines[to - 1]?.trim() === '') to -= 1;
    start = end;
    const text = foldCode(lines.slice(from, to).join('\n'));
    if (text === '') return;
    const place = { unit: 'line', from: from + 1, to } as const;
    blocks.push({ kind: 'code', text, place, ...(codeLanguage !== null && { codeLanguage }) });
  };
  for (let at = 1; at < lines.length; at += 1) {
    const length = at - start;
    const line = lines[at] ?? '';
    const isParted = lines[at - 1]?.trim() === '';
    const opens = isParted && /^[^\s)}\]]/u.test(line) && length >= fewestLines;
    const isLong = length >= mostLines || (length >= mostLines / 2 && isParted);
    const defines = definition.test(line) && (isParted || length >= fewestLines);
    if (opens || isLong || defines) close(at);
  }
  close(lines.length);
  return blocks;
}

/** The language of a file by its name, as highlighters call it; null where the name says none. */
export function codeLanguageOf(fileName: string): string | null {
  const name = fileName.toLowerCase();
  const whole = LANGUAGES_OF_NAMES[name];
  if (whole !== undefined) return whole;
  const ending = /\.([a-z0-9+]+)$/u.exec(name)?.[1] ?? '';
  return LANGUAGES_OF_ENDINGS[ending] ?? null;
}

/** How names of files in that language end, without the dot; null for one that is not known. */
export function endingOf(codeLanguage: string): string | null {
  const endings = Object.entries(LANGUAGES_OF_ENDINGS);
  return endings.find((entry) => entry.includes(codeLanguage))?.[0] ?? null;
}

/** Whether a line at the margin begins what has a name: a function, a class, a type. */
export function isDefinition(line: string): boolean {
  return definition.test(line);
}

/** Whether text without a telling name is code: by how its lines end and begin. */
export function looksLikeCode(source: string): boolean {
  const lines = source.slice(0, 20_000).split('\n').slice(0, 200);
  const written = lines.filter((line) => line.trim() !== '');
  if (/^#!\s*\/\S*(?:bin|env)\b/u.test(source)) return true;
  const coded = written.filter((line) => codeLine.test(line)).length;
  return written.length >= 4 && coded >= written.length * 0.5;
}

const maxLines = 100_000;
const fewestLines = 3;
const mostLines = 40;

const codeLine =
  /[;{}]\s*(?:\/\/.*)?$|^\s*(?:[)}\]]|\/\/|\/\*|#include|import\s+[\w{*"']|from\s+[\w.]+\s+import|(?:export|const|let|var|def|class|func|fn|public|private|static|async)\s+\w|return\b|(?:if|for|while|elif|else)\b.*[:{]\s*$|[\w.[\]"']+\s*[-+*/|]?=\s*\S)/u;

const definition =
  /^(?:export\s|public\s|private\s|protected\s|static\s|abstract\s|async\s|pub(?:\([^)]*\))?\s|default\s)*(?:function\b|class\s|interface\s|type\s+\w+\s*=|enum\s|def\s|fn\s|func\s|struct\s|impl\b|trait\s|module\s|namespace\s|CREATE\s|@\w)/u;

const LANGUAGES_OF_NAMES: Readonly<Record<string, string>> = {
  dockerfile: 'dockerfile',
  makefile: 'makefile',
  'cmakelists.txt': 'cmake',
};

const LANGUAGES_OF_ENDINGS: Readonly<Record<string, string>> = {
  bash: 'bash',
  c: 'c',
  cc: 'cpp',
  clj: 'clojure',
  cpp: 'cpp',
  cs: 'csharp',
  css: 'css',
  dart: 'dart',
  ex: 'elixir',
  go: 'go',
  h: 'c',
  hpp: 'cpp',
  hs: 'haskell',
  ini: 'ini',
  java: 'java',
  jl: 'julia',
  js: 'javascript',
  jsx: 'javascript',
  kt: 'kotlin',
  lua: 'lua',
  m: 'objectivec',
  mjs: 'javascript',
  php: 'php',
  pl: 'perl',
  ps1: 'powershell',
  py: 'python',
  r: 'r',
  rb: 'ruby',
  rs: 'rust',
  scala: 'scala',
  scss: 'scss',
  sh: 'bash',
  sol: 'solidity',
  sql: 'sql',
  swift: 'swift',
  toml: 'toml',
  ts: 'typescript',
  tsx: 'typescript',
  vue: 'vue',
  yaml: 'yaml',
  yml: 'yaml',
  zig: 'zig',
};
