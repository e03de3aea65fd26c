import { createCodeSpans } from './code-spans.ts';

/** Watches a model's text for its own template's marks, which a server should have kept to itself. */
export interface StopTokens {
  /** What of the text so far is the answer's. */
  push(text: string): string;
  end(): string;
  /** The model has ended its answer, or goes on with somebody else's part. */
  readonly isOver: boolean;
}

/**
 * Where a local server does not know a model's end mark, the mark comes as text, and after it whatever
 * the model makes up: «<|im_end|>», "</s>", or the next «User:» of models that learnt from dialogues.
 * A mark ends the answer only where a template puts one: not in code, not between quotation marks, not
 * as a word of a sentence. One that opens the answer is left out, and so is what a tokenizer puts in
 * place of a character.
 */
export function createStopTokens(): StopTokens {
  let held = '';
  let shown = '';
  let isOver = false;
  let strikes = 0;
  const code = createCodeSpans();

  const show = (length: number): string => {
    const text = held.slice(0, length);
    held = held.slice(length);
    code.read(text);
    shown = (shown + text).slice(-300);
    strikes += (text.match(/<s>/giu) ?? []).length - (text.match(/<\/s>/giu) ?? []).length;
    return text;
  };

  const release = (isEnd: boolean): string => {
    if (isOver) return '';
    if (shown.trim() === '') {
      if (!isEnd && openingLine.test(held)) return '';
      held = held.replace(openingMarks, '');
    }
    let text = '';
    for (;;) {
      const found = held.match(mark);
      if (found?.index === undefined) break;
      text += show(found.index);
      const [token] = found;
      const rest = held.slice(token.length);
      if (!isEnd && !/\S\s*\S|\S{2}|\n/u.test(rest)) return text;
      if (code.isOpen) {
        // A block that the model did not close ends with its answer.
        const isLast = strange.test(token) && rest.trim() === '';
        if (isLast && !isEnd) return text;
        if (isLast) held = rest;
        else text += show(token.length);
      } else if (isReplacement.test(token)) {
        const characters = charactersOf(token);
        held = characters + rest;
        text += show(characters.length);
      } else if (endsAnswer(token, rest)) {
        isOver = true;
        held = '';
        return text.replace(/\s+$/u, '');
      } else {
        text += show(token.length);
      }
    }
    return text + show(isEnd ? held.length : safeLength(held));
  };

  const endsAnswer = (token: string, rest: string): boolean => {
    if (isTurn.test(token)) return followsAnswer(shown + (token.match(/^\s*/u)?.[0] ?? ''));
    if (/[«"“'‘(]$/u.test(shown) && /^[^\n]{0,40}[»"”'’)]/u.test(rest)) return false;
    if (token.toLowerCase() === '</s>') {
      if (strikes > 0) return false;
      // Struck out text that opens the answer has lost its tag with the marks of templates.
      return !/^[ \t]*(?:\p{Ll}|[,;:—–-])/u.test(rest);
    }
    return !(/[\p{L}\p{N},—–-][ \t]+$/u.test(shown) && /^[,;:.)]?[ \t]+\p{Ll}/u.test(rest));
  };

  return {
    push(text) {
      held += text;
      return release(false);
    },
    end: () => release(true),
    get isOver() {
      return isOver;
    },
  };
}

/**
 * The next turn of a dialogue comes after a whole answer. What comes after a colon, or after another
 * line with a name in front, is a line of a list.
 */
function followsAnswer(before: string): boolean {
  const line = before.trimEnd().split('\n').at(-1) ?? '';
  return /[.!?…\]】»"”)`*]$/u.test(line) && !/^\s*(?:[-*•]\s*)?[*_]*[\p{L}\d ]{1,30}:/u.test(line);
}

/** Bytes of one character may come as a token each: «<0xD0><0x94>» is «Д». */
function charactersOf(tokens: string): string {
  const bytes = [...tokens.matchAll(/0x([\da-f]{2})/giu)].map(([, hex = '']) => parseInt(hex, 16));
  return new TextDecoder().decode(new Uint8Array(bytes)).replaceAll('\uFFFD', '');
}

function safeLength(text: string): number {
  const possible = text.search(possibleMark);
  return possible === -1 ? text.length : possible;
}

const special =
  'im_end|im_start|endoftext|end_of_text|eot_id|eom_id|end|start|return|call|user|assistant|system';
const speaker = '(?:User|Human|USER|HUMAN|Пользователь)';
// Whose part it is follows on the same line.
const openingLine =
  /^\s*<\|(?:im_start|start_header_id|start|channel)\|>[^\n]{0,60}$|^\s*#{1,3} ?(?:[RA]\p{Ll}{0,8}:?)?$/u;
const openingMarks =
  /^\s*(?:(?:<s>|<bos>|<answer>|<\|begin_of_text\|>|<｜begin▁of▁sentence｜>|<\|start\|>assistant|<\|channel\|>final<\|message\|>|<start_of_turn>model\b|(?:<\|im_start\|>|<\|start_header_id\|>)(?:assistant)?(?:<\|end_header_id\|>)?|#{2,3} (?:Response|Assistant|Answer):)\s*)+/u;
const strange = new RegExp(
  `<\\|(?:${special})\\|>|<(?:end|start)_of_turn>|<｜[\\p{L}▁]{1,30}｜>`,
  'u',
);
const isTurn = new RegExp(`^\\n\\s*(?:#{2,3} |\\*\\*)?(?:${speaker}|#{2,3} Instruction)`, 'u');
const isReplacement = /^<(?:0x|unk|pad)/iu;
const mark = new RegExp(
  [
    strange.source,
    `</s>|</answer>\\s*$|<eos>|\\[/?INST\\]`,
    `(?:<0x[\\da-fA-F]{2}>)+(?!<0?x?[\\da-fA-F]{0,2}$)|<(?:unk|pad)>`,
    `\\n(?:[ \\t]*\\n)*(?:#{2,3} |\\*\\*)?${speaker}(?:\\*\\*)?:`,
    `\\n#{2,3} Instruction:`,
  ].join('|'),
  'u',
);
/** The beginning of a mark at the end of the text, with the lines before it. */
const possibleMark =
  /(?:<(?:[|｜][\p{L}_▁]{0,30}[|｜]?|\/?s?|\/[a-z]{0,6}>?|b(?:os?)?|(?:e|s)[a-z_]{0,12}|u(?:nk?)?|p(?:ad?)?|0(?:x[\da-f]{0,2})?)|(?:<0x[\da-f]{2}>)+(?:<(?:0(?:x[\da-f]{0,2})?)?)?|\[\/?I?N?S?T?|\n\s*(?:#{1,3} ?\p{L}{0,12}|\*{0,2}(?:U(?:S(?:ER?)?|s(?:er?)?)?|H(?:U(?:M(?:AN?)?)?|u(?:m(?:an?)?)?)?|П(?:о(?:л\p{Ll}{0,9})?)?)\*{0,2})?)$/iu;
