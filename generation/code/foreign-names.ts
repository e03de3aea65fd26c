/**
 * Names that a sentence about code gives as the code's own and that stand nowhere in it: in backticks,
 * or written as only code writes names.
 */
export function foreignNames(sentence: string, code: string): string[] {
  const given = [...sentence.matchAll(/`([^`]{2,80})`/gu)].map(([, name = '']) => name);
  const words = sentence.replaceAll(/`[^`]*`/gu, ' ');
  const written = words.match(/(?<![\w$])[A-Za-z_$][\w$]*(?:_|(?<=[a-z])[A-Z])[\w$]*/gu) ?? [];
  const names = [...given, ...written].flatMap((name) => name.match(/[A-Za-z_$][\w$]{2,}/gu) ?? []);
  return [...new Set(names)].filter((name) => !code.includes(name));
}
