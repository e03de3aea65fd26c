/** The source of a pattern for a benchmark's name: known ones, and what is built like one. */
export const BENCHMARK = String.raw`(?:MMLU(?:[- ](?:Pro|Redux|ProX?))?|MMMLU|MMMU(?:-Pro)?|GSM8[Kk]|MATH(?:-500| 500)?|MathVista|HumanEval\+?|MBPP\+?|AIME(?:[ -]?(?:20)?\d\d)?|AMC(?:[ -]?(?:20)?\d\d)|HMMT|GPQA(?:[ -][Dd]iamond)?|SWE-?[Bb]ench(?: (?:Verified|Lite|Multilingual))?|LiveCodeBench(?: v\d)?|Codeforces|ARC(?:-[A-Z][\w]*| [A-Z][a-z]+)?|HellaSwag|Wino[Gg]rande|PIQA|TruthfulQA|BBH|DROP|C-Eval|CMMLU|IFEval|MT-Bench|AlpacaEval(?: 2(?:\.0)?)?|Arena-Hard|Chatbot Arena|LMArena|MERA|MTEB|BEIR|MIRACL|TriviaQA|NaturalQuestions|SimpleQA|HLE|Humanity's Last Exam|TAU-?bench|BFCL|DocVQA|ChartQA|OCRBench|LibriSpeech|Common Voice|FLEURS|Golos|VBench|GenEval|FrontierMath|LiveBench|BIG-Bench Hard|ZebraLogic|RULER|LongBench|ru[A-Z][\w-]*|[A-Z][\w-]*(?:Bench|Eval|QA|MMLU|Arena)(?:[ -][A-Z]\w*)?)(?![\w])`;

/** Whether a benchmark measures Russian. */
export function isRussianBenchmark(name: string): boolean {
  return /^(?:ru(?=[A-Z])|MERA|Golos)|\((?:ru|Russian)\)|Russian|[-_ ]ru$/u.test(name);
}
