import { FormattedTextBuilder } from './formatted-text.ts';
import type { FormattedText } from './formatted-text.ts';
import { entityUnits, MESSAGE_LIMITS } from './split.ts';

/** Messages with a last line in italics, in a message of its own only where the last has no room. */
export function addNote(parts: readonly FormattedText[], note: string): FormattedText[] {
  const before = parts.slice(0, -1);
  const last = parts.at(-1) ?? { text: '', entities: [] };
  const alone = italic(note);
  const joined = new FormattedTextBuilder().append(last).append('\n\n').append(alone).build();
  return fits(joined) ? [...before, joined] : [...before, last, alone];
}

function italic(note: string): FormattedText {
  const out = new FormattedTextBuilder();
  out.wrap({ type: 'italic' }, () => out.append(note));
  return out.build();
}

function fits({ text, entities }: FormattedText): boolean {
  const units = entities.reduce((sum, entity) => sum + entityUnits(entity), 0);
  return (
    text.length <= MESSAGE_LIMITS.textUnits &&
    entities.length <= MESSAGE_LIMITS.entities &&
    units <= MESSAGE_LIMITS.entityUnits
  );
}
