import type { Chance } from './random.ts';

const STARTS =
  'Lu Kor Zen Ost Mel Fal Tri Bra Vi Sol Nor Quo Ar Del Gri Hal Jun Lor Mi Pel Ras Sei Tal Ul Vor Wen Yar Zu'.split(
    ' ',
  );
const MIDDLES = 'mi va tri be qua no ri lu de sa ko ne fi ra to'.split(' ');
const ENDS = 'ra n x lis dor ta rix mon na s th vec q lo'.split(' ');
/** Brands that are words of the language, as many are. */
const WORDS =
  'Granite Harbor Aurora Falcon Orbit Ember Canvas Compass Anchor Prism Cedar Comet Raven Summit'.split(
    ' ',
  );
export const DOMAINS = ['Coder', 'VL', 'Math', 'Audio', 'Embed', 'Guard', 'OCR', 'TTS', 'Omni'];

export function brand(chance: Chance): string {
  if (chance.happens(0.2)) return chance.one(WORDS);
  const middle = chance.happens(0.6) ? chance.one(MIDDLES) : '';
  const name = `${chance.one(STARTS)}${middle}${chance.one(ENDS)}`;
  const styled = chance.number();
  if (styled < 0.1) return name.toUpperCase();
  if (styled < 0.2) return `${name}LM`;
  if (styled < 0.25) return `${name}-${chance.one(['MoE', 'Net', 'Former'])}`;
  return name;
}

/** How versions are written: `2`, `-2`, `2.5`, `-V3`, `-v3.1`, `-R1`, or not at all. */
export function version(chance: Chance): { text: string; next: string } {
  const number = chance.whole(1, 5);
  const style = chance.number();
  if (style < 0.2) return { text: `-${number}`, next: `-${number + 1}` };
  if (style < 0.4) return { text: `${number}`, next: `${number}.5` };
  if (style < 0.55) return { text: `-V${number}`, next: `-V${number}.1` };
  if (style < 0.65) return { text: `-v${number}.0`, next: `-v${number}.1` };
  if (style < 0.72) return { text: `-R${number}`, next: `-R${number}-0${chance.whole(1, 9)}28` };
  if (style < 0.8) return { text: `-${number}.${chance.whole(1, 9)}`, next: `-${number + 1}.0` };
  return { text: '', next: '-2' };
}

export function organisation(chance: Chance): { hub: string; code: string; title: string } {
  const base = `${chance.one(STARTS)}${chance.one(MIDDLES)}${chance.one(ENDS)}`;
  const hub = chance.one([
    base,
    `${base.toLowerCase()}-ai`,
    `${base}AI`,
    `${base}LM`,
    `${base.toLowerCase()}-labs`,
    `${base}-Research`,
    base.toLowerCase(),
  ]);
  const code = chance.one([hub, hub, base, `${base.toLowerCase()}-org`, `${base}LM`]);
  return { hub, code, title: base };
}

export const SIZES = [
  '0.5B',
  '1.5B',
  '3B',
  '4B',
  '7B',
  '8B',
  '13B',
  '14B',
  '32B',
  '70B',
  '8x7B',
  '30B-A3B',
  '671B',
];
export const VARIANTS = ['Instruct', 'Base', 'Chat', 'it', 'Thinking', 'Preview'];

export const TOPICS =
  'long context reasoning|sparse attention|speech recognition|tool use|code generation|document understanding|retrieval|low-resource languages|video understanding|image editing|protein design|time series|machine translation|reward modelling|speculative decoding|knowledge distillation|instruction following|factuality|robot control|table understanding'.split(
    '|',
  );
export const VERBS =
  'Rethinking|Scaling|Understanding|Towards Efficient|Benchmarking|Probing|Aligning|A Survey of|On the Limits of|Learning'.split(
    '|',
  );
export const WITH =
  'with Latent Memory|by Self-Play|without Labels|via Curriculum Sampling|under Distribution Shift|with Fewer Tokens|from Synthetic Data|in the Wild|at Inference Time|through Verifiable Rewards'.split(
    '|',
  );

/** Names that many people give to what they make, each for themselves. */
export const COMMON_NAMES =
  'whisper-small-ru bert-finetuned-ner my-awesome-model distilbert-imdb llama-3-8b-lora test-model roberta-sentiment ppo-LunarLander-v2 sdxl-lora-style gpt2-finetuned'.split(
    ' ',
  );
export const PEOPLE =
  'kolya-ml jbrandt annastack yuki1987 m-okafor dsvc pavel-dev rintaro lhansen abeltran tfriend qwzx ivanova-nlp gptfan sofia-v'.split(
    ' ',
  );
export const QUANTIZERS =
  'ravenquants bartolo mlx-circle thequantshop quantfactory-x fastllm pocketweights'.split(' ');
