import { readFileSync } from 'node:fs';

export interface LabelledMessage {
  text: string;
  language: 'ru' | 'en';
  needsSearch: boolean;
  kind: string;
}

/** Messages to fit on, or messages that nothing was fitted on nor written after. */
export function readMessages(of: 'training' | 'blind'): LabelledMessage[] {
  const file = new URL(`./${of}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as LabelledMessage[];
}
