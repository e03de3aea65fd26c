import { sliceFormatted } from './formatted-text.ts';
import type { FormattedText } from './formatted-text.ts';
import { characterStart, entityUnits, MESSAGE_LIMITS } from './split.ts';
import type { MessageLimits } from './split.ts';

/**
 * What of a text is shown while it is still being written: all of it, or its end behind a «…» where
 * one message cannot hold all. Of too many entities the last remain.
 */
export function frameTail(
  frame: FormattedText,
  limits: MessageLimits = MESSAGE_LIMITS,
): FormattedText {
  const { text } = frame;
  if (text.length <= limits.textUnits) return affordable(sliceFormatted(frame), limits);
  let start = text.length - (limits.textUnits - ELLIPSIS.length);
  const line = text.indexOf('\n', start);
  const word = text.indexOf(' ', start);
  if (line !== -1 && line < start + NEAR_LINE) start = line;
  else if (word !== -1 && word < start + NEAR_WORD) start = word;
  // Behind the character that would be torn: before it, the tail would be too long.
  if (characterStart(text, start) < start) start = nextCharacter(text, start);
  const tail = sliceFormatted(frame, start);
  const shifted = tail.entities.map((entity) => {
    return { ...entity, offset: entity.offset + ELLIPSIS.length };
  });
  return affordable({ text: ELLIPSIS + tail.text, entities: shifted }, limits);
}

function nextCharacter(text: string, inside: number): number {
  let next = inside + 1;
  while (next < text.length && characterStart(text, next) < inside) next += 1;
  return next;
}

const ELLIPSIS = '…\n';
const NEAR_LINE = 400;
const NEAR_WORD = 60;

function affordable({ text, entities }: FormattedText, limits: MessageLimits): FormattedText {
  let units = 0;
  const kept = entities
    .toReversed()
    .slice(0, limits.entities)
    .filter((entity) => {
      units += entityUnits(entity);
      return units <= limits.entityUnits;
    });
  return { text, entities: kept.toReversed() };
}
