import { stem } from '../text/terms.ts';
import { zipfFrequency } from '../text/word-frequency.ts';

/** What a model's name says, by the habits of those who name models. */
export interface ModelName {
  /** The owner in one spelling: `deepseek` for `deepseek-ai`; '' where there is none. */
  publisher: string;
  /** Without what names a format: `foo2.5-7binstruct` of `Foo2.5-7B-Instruct-GGUF`, in one word. */
  full: string;
  /** Without sizes and variants either: `foo2.5`. One release's models share it. */
  family: string;
  /** The family's words. */
  words: readonly string[];
  /** It tells how many parameters, so that it is a name of weights and not of an exercise. */
  namesSize: boolean;
  /** It says that someone tuned another model, or tried something. */
  isPersonal: boolean;
  /** A format or a precision is named: weights of another model, or of this one by its own makers. */
  namesFormat: boolean;
}

export function readModelName(owner: string | null, written: string): ModelName {
  const marked = written.replace(QUANTIZATION, ' ');
  const tokens = wordsOf(marked);
  const unconverted = tokens.filter((token) => !FORMAT.test(token));
  const kept = unconverted.filter((token) => !LIBRARY.test(token));
  const bare = kept.filter((token) => !SIZE.test(token) && !VARIANTS.has(token));
  // A name of nothing but sizes and variants is its own family.
  const words = bare.length === 0 ? kept : bare;
  return {
    publisher: publisherOf(owner ?? ''),
    full: kept.join(''),
    family: words.join(''),
    words,
    namesSize: kept.some((token) => SIZE.test(token)),
    isPersonal: tokens.some((token) => PERSONAL.test(token)),
    namesFormat: marked !== written || unconverted.length < tokens.length,
  };
}

/** One spelling of an owner: `QwenLM` and `Qwen`, `acme-ai` and `acme`. */
export function publisherOf(owner: string): string {
  let name = owner.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '');
  for (let shorter = name; ; name = shorter) {
    shorter = name.replace(/(?:ai|lm|llm|labs?|research|org|team|inc|hq|official|community)$/u, '');
    if (shorter.length < 3 || shorter === name) return name;
  }
}

/** Lower-case words; a decimal point stays, and a size parts from the name that it is glued to. */
export function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .replaceAll(/(?<!\d)\.|\.(?!\d)/gu, ' ')
    .split(/[^\p{L}\p{N}.]+/u)
    .flatMap((word) => /^(\p{L}{3,})(\d+(?:\.\d+)?[bm])$/u.exec(word)?.slice(1) ?? word)
    .filter((word) => word !== '');
}

/** Whether a name is told by where it stands too, such as at the head of a title. */
export function isTelling(words: readonly string[]): boolean {
  if (isDistinctive(words)) return true;
  return words.length > 1 && words.some((word) => zipfFrequency(stem(word)) < COMMON);
}

/** Whether a name can be told from words of the language: it holds a digit, or a rare word. */
export function isDistinctive(words: readonly string[]): boolean {
  const letters = words.join('');
  if (letters.length < 4 || !/\p{L}{2}/u.test(letters)) return false;
  if (words.length > 1 && words.some((word) => /\d/u.test(word))) return true;
  return words.some(
    (word) =>
      (word.length >= 4 && (/\p{L}\d/u.test(word) || zipfFrequency(stem(word)) <= RARE)) ||
      (word.length === 3 && words.length > 1 && zipfFrequency(stem(word)) <= RARE),
  );
}

/** A word that is used less than once in a million words of the language. */
const RARE = 3;
const COMMON = 4.5;

const QUANTIZATION =
  /(?<=^|[-_. ])i?q\d(?:[_-](?:k|[01]|nl|xxs|xs|s|m|l|xl)(?=$|[-_. ]))*(?=$|[-_. ])/giu;

const FORMAT =
  /^(?:gguf|ggml|awq|gptq|exl[23]?|mlx|onnx|openvino|ov|bnb|nf4|n?v?fp\d+|mxfp\d|bf16|f16|f32|b?float\d+|u?int\d+|w\d+a\d+|g\d{2,3}|\d+(?:\.\d+)?bits?|\d+(?:\.\d+)?bpw|bpw|imatrix|imat|i1|quant(?:s|ized|ised)?|dwq|hqq|autoround|marlin|eetq|aqlm|ct2|ctranslate2?|mnn|tflite|coreml|litert|dynamic|ud|converted|conversion|reupload|mirror|copy|backup)$/u;

/** Parameters, experts, active parameters, tokens of context. */
const SIZE = /^(?:\d+(?:\.\d+)?[bmkt]|\d+x\d+(?:\.\d+)?[bm]|[ae]\d+(?:\.\d+)?b|\d+e)$/u;

/** What the weights are read with: no word on whose they are. */
const LIBRARY = /^(?:hf|transformers|diffusers|pytorch|torch|safetensors)$/u;

const PERSONAL =
  /^(?:q?d?o?lora|fine-?tuned?|ft|tuned|adapter|test\d*|my|demo|example|tutorial|course|sample|exp\d*|experiment|checkpoint|ckpt|epoch\d*|step\d*|run\d*)$/u;

const VARIANTS = new Set(
  `instruct instruction base chat it pt sft dpo grpo rlhf rl ppo thinking think reasoning preview
   alpha beta reward rm prm tiny mini nano micro small medium large xl xxl xs huge giant lite light
   pro max plus turbo flash fast latest final release official pretrained pretrain finetuned
   zero distill distilled draft`.split(/\s+/u),
);
