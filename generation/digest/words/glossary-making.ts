import type { Term } from './glossary.ts';

const COVERED: Readonly<Record<string, readonly string[]>> = {
  'rl-only': ['rl'],
  'sft-only': ['sft', 'rl', 'rl-only'],
  rlhf: ['rl'],
};

/** How a release is built and how it was trained, as phrases in the nominative. */
export const MAKING: readonly Term[] = [
  ...architecture([
    [
      'moe',
      /mixture[- ]of[- ]experts|\bMoE\b|смес\p{L}+ экспертов/iu,
      'смесь экспертов (MoE)',
      'mixture of experts (MoE)',
    ],
    [
      'mla',
      /multi-head latent attention|\bMLA\b/iu,
      'латентное внимание (MLA)',
      'multi-head latent attention (MLA)',
    ],
    [
      'latent-pooling',
      /latent attention pooling|пулинг\p{L}* с латентным вниманием/iu,
      'пулинг с латентным вниманием',
      'latent attention pooling',
    ],
    [
      'gqa',
      /grouped[- ]query attention|\bGQA\b/iu,
      'внимание с группировкой запросов (GQA)',
      'grouped-query attention (GQA)',
    ],
    [
      'linear-attention',
      /linear attention|linear recurrence|линейн\p{L}+ внимани\p{L}+/iu,
      'линейное внимание',
      'linear attention',
    ],
    [
      'rwkv',
      /\bRWKV(?:-?v?\d+)?\b/u,
      'рекуррентная архитектура RWKV',
      'the recurrent RWKV architecture',
    ],
    [
      'matrix-state',
      /matrix-valued states?/iu,
      'состояние-матрица в каждой голове',
      'a matrix-valued state in each head',
    ],
    [
      'mamba',
      /\bMamba(?:-?2)?\b|state[- ]space model/u,
      'модель пространства состояний (Mamba)',
      'a state-space model (Mamba)',
    ],
    [
      'hybrid',
      /hybrid (?:architecture|attention|model)/iu,
      'гибридная архитектура',
      'a hybrid architecture',
    ],
    [
      'sliding-window',
      /sliding[- ]window attention/iu,
      'внимание со скользящим окном',
      'sliding-window attention',
    ],
    ['sparse-attention', /sparse attention/iu, 'разреженное внимание', 'sparse attention'],
    ['diffusion', /diffusion (?:model|transformer)|\bDiT\b/iu, 'диффузия', 'diffusion'],
    [
      'mtp',
      /multi-token prediction|\bMTP\b/u,
      'предсказание нескольких токенов за шаг (MTP)',
      'multi-token prediction (MTP)',
    ],
    [
      'decoder',
      /decoder(?:-only)?(?: language)? (?:model|transformer)/iu,
      'декодерная языковая модель в основе',
      'a decoder language model as its base',
    ],
    [
      'aux-free',
      /(?:no auxiliary loss|auxiliary-loss-free)/iu,
      'балансировка экспертов без вспомогательной функции потерь',
      'load balancing without an auxiliary loss',
      true,
    ],
    ['yarn', /\bYaRN\b/u, 'расширение контекста через YaRN', 'context extension with YaRN'],
  ]),
  ...method([
    [
      'rl-only',
      /(?:large-scale )?reinforcement learning alone|pure(?:ly)? (?:by |through |via )?reinforcement learning/iu,
      'одно лишь обучение с подкреплением',
      'reinforcement learning alone',
    ],
    ['cold-start', /cold[- ]start|холодн\p{L}+ старт\p{L}*/iu, 'холодный старт', 'a cold start'],
    ['grpo', /\bGRPO\b/u, 'алгоритм GRPO', 'GRPO'],
    ['ppo', /\bPPO\b/u, 'PPO', 'PPO'],
    ['dpo', /\bDPO\b|direct preference optimi[sz]ation/iu, 'DPO', 'DPO'],
    ['rlhf', /\bRLHF\b|human feedback/iu, 'RLHF', 'RLHF'],
    [
      'rl',
      /reinforcement learning|обучени\p{L}+ с подкреплением/iu,
      'обучение с подкреплением',
      'reinforcement learning',
    ],
    [
      'sft-only',
      /only supervised fine-?tuning|supervised fine-?tuning (?:only|alone)/iu,
      'только дообучение с учителем (SFT)',
      'supervised fine-tuning alone (SFT)',
    ],
    [
      'sft',
      /supervised fine-?tun\p{L}+|\bSFT\b/iu,
      'дообучение с учителем (SFT)',
      'supervised fine-tuning (SFT)',
    ],
    [
      'distillation',
      /\bdistill(?:ed|ation|ing)\b|дистилляци\p{L}+/iu,
      'дистилляция',
      'distillation',
    ],
    [
      'fp8',
      /FP8 (?:mixed[- ]precision|training)|(?:trained|training) in FP8|FP8 is the precision of the training|точност\p{L}+ FP8/iu,
      'смешанная точность FP8',
      'FP8 mixed precision',
    ],
    [
      'qat',
      /quantization[- ]aware training|\bQAT\b/iu,
      'обучение с учётом квантизации (QAT)',
      'quantization-aware training (QAT)',
    ],
    ['lora', /\bQ?LoRA\b/u, 'LoRA', 'LoRA'],
    [
      'synthetic',
      /synthetic (?:data|instructions|dialogues|samples)/iu,
      'синтетические данные',
      'synthetic data',
    ],
    [
      'contrastive',
      /contrastive (?:learning|training|loss)/iu,
      'контрастивное обучение',
      'contrastive learning',
    ],
    [
      'curriculum',
      /goes in stages|(?:multi|two|three)-stage (?:training|curriculum)|curriculum learning/iu,
      'поэтапное обучение',
      'training in stages',
    ],
    ['merge', /merge of|model merging|mergekit/iu, 'слияние моделей', 'a merge of models'],
    [
      'from-scratch',
      /(?:trained )?from scratch|с нуля/iu,
      'обучение с нуля',
      'training from scratch',
    ],
  ]),
];

type Row = readonly [key: string, pattern: RegExp, ru: string, en: string, isDenial?: boolean];

function architecture(rows: readonly Row[]): Term[] {
  return rows.map((row) => term('architecture', row));
}

function method(rows: readonly Row[]): Term[] {
  return rows.map((row) => term('method', row));
}

function term(of: 'architecture' | 'method', [key, pattern, ru, en, isDenial = false]: Row): Term {
  const covers = COVERED[key];
  return { key, of, pattern, ru, en, isDenial, ...(covers === undefined ? {} : { covers }) };
}
