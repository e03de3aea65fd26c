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
 * A mark that opens the answer is left out.
 */
export function createStopTokens(): StopTokens {
  let held = '';
  let hasWords = false;
  let isOver = false;

  const release = (isEnd: boolean): string => {
    if (isOver) return '';
    if (!hasWords && !isEnd && openingLine.test(held)) return '';
    if (!hasWords) held = held.replace(openingMarks, '');
    const stop = held.search(stopMark);
    isOver = stop !== -1;
    const safe = isOver ? stop : isEnd ? held.length : held.search(possibleMark);
    const text = safe === -1 ? held : held.slice(0, safe);
    held = safe === -1 ? '' : held.slice(safe);
    // Between an opening mark and the first word there may be another one.
    hasWords ||= /[\p{L}\p{N}]/u.test(text);
    return text;
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

// Whose part it is follows on the same line.
const openingLine = /^\s*<\|(?:im_start|start_header_id)\|>[^\n]{0,40}$/u;
const openingMarks =
  /^\s*(?:(?:<s>|<bos>|<\|begin_of_text\|>|<｜begin▁of▁sentence｜>|(?:<\|im_start\|>|<\|start_header_id\|>)(?:assistant)?(?:<\|end_header_id\|>)?)\s*)+/u;
const stopMark =
  /<\|(?:im_end|im_start|endoftext|end_of_text|eot_id|end|user|assistant|system)\|>|<\/s>|<(?:end|start)_of_turn>|<｜[\p{L}▁]{1,30}｜>|\[\/?INST\]|\n\s*(?:User|Human):/u;
/** The beginning of a mark at the end of the text, with the lines before it. */
const possibleMark =
  /(?:<(?:[|｜][\p{L}_▁]{0,30}[|｜]?|\/?s?|\/s|b(?:os?)?|(?:e|s)[a-z_]{0,12})|\[\/?I?N?S?T?|\n\s*(?:U(?:s(?:er?)?)?|H(?:u(?:m(?:an?)?)?)?)?)$/u;
