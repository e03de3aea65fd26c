import { writesCode } from '../code/code-instructions.ts';
import { createRefusalGate } from '../models/refusal.ts';
import type { AnswerRequest } from './answerer.ts';
import { createDeclineGate } from './decline-gate.ts';
import { createLanguageGate } from './language-gate.ts';
import type { LanguageGate } from './language-gate.ts';
import { createLengthLimit } from './length-limit.ts';
import { createMarkupFilter } from './markup-filter.ts';
import { createStrayLetterFilter } from './stray-letters.ts';

export interface AnswerDraftOptions {
  maxCharacters: number;
  acceptsLanguage: 'own' | 'readable';
}

/** What a model writes, on its way to a reader: all that is done to it before it is shown. */
export interface AnswerDraft {
  /** What of the text so far may be shown now. */
  push(text: string): string;
  end(options: { wasCut: boolean }): string;
  /** Whatever else the model writes will not be shown. */
  readonly isOver: boolean;
  /** It begins in another language than was asked for; nothing of it was shown. */
  readonly isForeign: boolean;
  /** It is a refusal by policy; nothing of it was shown. */
  readonly isRefusal: boolean;
  /** See `DeclineGate`. */
  readonly declined: 'first' | 'later' | null;
}

export function createAnswerDraft(
  { question, language, passages, code }: AnswerRequest,
  { maxCharacters, acceptsLanguage }: AnswerDraftOptions,
): AnswerDraft {
  const mayNameTags =
    code !== undefined ||
    asksAboutMarkup.test(question) ||
    passages.some(({ title, text }) => tag.test(title) || tag.test(text));
  const markup = createMarkupFilter({ mayNameTags });
  const refusal = createRefusalGate();
  const decline = createDeclineGate();
  const tongue: LanguageGate =
    // Of what is code for the most part, the words say little.
    language === 'other' || writesCode(code?.task ?? null)
      ? { push: (text) => text, end: () => '', isWrong: false }
      : createLanguageGate({ language, accepts: acceptsLanguage });
  const letters = createStrayLetterFilter({
    question,
    texts: passages.flatMap(({ title, text }) => [title, text]),
  });
  const limit = createLengthLimit({ maxCharacters });

  const show = (text: string): string => limit.push(letters.push(tongue.push(decline.push(text))));

  return {
    push: (text) => show(refusal.push(markup.push(text))),
    end({ wasCut }) {
      const held = refusal.push(markup.end());
      // A refusal is no answer, and what follows it is no better.
      const rest = refusal.isRefusal ? '' : held + refusal.end();
      if (refusal.isRefusal) return '';
      const decided = tongue.push(decline.push(rest) + decline.end()) + tongue.end();
      return limit.push(letters.push(decided) + letters.end()) + limit.end({ wasCut });
    },
    get isOver() {
      return limit.isFull || tongue.isWrong || refusal.isRefusal || decline.declined !== null;
    },
    get isForeign() {
      return tongue.isWrong;
    },
    get isRefusal() {
      return refusal.isRefusal;
    },
    get declined() {
      return decline.declined;
    },
  };
}

const tag = /<\/?[a-z][a-z\d]*(?:\s[^<>]*)?>/iu;
const asksAboutMarkup = new RegExp(
  `${tag.source}|(?<!\\p{L})(?:x?html|xml|css|svg|markdown|тег(?:и|а|ов|у|ом|ами?|ах)?|tags?|разметк\\p{L}*)(?!\\p{L})`,
  'iu',
);
