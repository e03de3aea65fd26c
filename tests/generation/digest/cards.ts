/** Cards in the shapes that cards have; every name and figure in them is made up. */
export interface CardFixture {
  id: string;
  card: string;
  config?: string;
  paper?: { title: string; text: string };
}

export const CARDS: Readonly<Record<string, CardFixture>> = {
  frontMatterAndTable: {
    id: 'acme-ai/Acme-Koala-34B',
    card: `---
license: apache-2.0
language:
- en
- ru
- zh
pipeline_tag: text-generation
tags:
- moe
---
# Acme-Koala-34B

Acme-Koala-34B is an open mixture-of-experts language model released by Acme. The model has 34B parameters in total and 4B activated parameters for each token.

## Highlights

- Context length: 128K
- Pre-trained on 9.2T tokens, then supervised fine-tuning and DPO
- Attention: grouped-query attention
- Runs in vLLM and SGLang

## Evaluation

| Benchmark | Acme-Koala-34B | Bolt-30B | Crane 2 32B |
|---|:---:|:---:|:---:|
| MMLU-Pro (5-shot) | **71.2** | 69.8 | 70.4 |
| GSM8K | 91.5% | 90.1% | - |
| ruMMLU | 66.3 | 61.0 | 64.9 |
| LiveCodeBench | 38.4 | 36.0 | 37.7 |

## Limitations

The model may produce inaccurate answers and was not evaluated on legal texts.
`,
    config:
      '{"architectures":["KoalaForCausalLM"],"max_position_embeddings":131072,"num_experts_per_tok":6,"n_routed_experts":64}',
  },
  modelsInRows: {
    id: 'north-lab/Fjord-3B-Instruct',
    card: `---
license: mit
base_model: north-lab/Fjord-3B
---
# Fjord-3B-Instruct

Fjord-3B-Instruct is a small reasoning model fine-tuned from Fjord-3B on 412,000 examples.

| Model | AIME 2024 | GPQA Diamond | IFEval |
| :-- | --: | --: | --: |
| Glacier-3B | 6.7 | 28.1 | 70.2 |
| Fjord-3B-Instruct | 16.7 | 33.9 | 74.0 |
`,
  },
  proseScores: {
    id: 'south/Dune-70B',
    card: `---
license: other
license_name: dune-community
---
# Dune 70B

Dune-70B is a language model with 70 billion parameters, trained on 15 trillion tokens. It scores 88.5% on MMLU compared to 86.1% for Bolt-70B. On MATH-500 the model reaches 81.4. HumanEval: 79.9.

Training took 6.4 million H100 GPU hours. API price: $0.27 per 1M input tokens and $1.10 per 1M output tokens.
`,
  },
  twoLicences: {
    id: 'west/Prism-8B',
    card: `---
license: mit
---
# Prism-8B

Prism-8B is a vision-language model with 8B parameters. The weights are released under the Apache 2.0 license.
`,
  },
  conflictingFigures: {
    id: 'east/Reed-13B',
    card: `# Reed-13B

Reed-13B is a language model with 13B parameters and a context length of 32K tokens.

Model size: 13.4B parameters.
`,
    paper: {
      title: 'Reed-13B Technical Report',
      text: '<p>Reed-13B is a language model with 13B parameters. Reed-13B was trained on 2.1T tokens. The context length of Reed-13B is 16K tokens.</p>',
    },
  },
  modelIndex: {
    id: 'lena/ozero-asr',
    card: `---
language: ru
license: cc-by-nc-4.0
model-index:
- name: ozero-asr
  results:
  - task:
      type: automatic-speech-recognition
    dataset:
      name: Golos Crowd
      type: golos
    metrics:
    - name: WER
      type: wer
      value: 4.31
---
# ozero-asr

An automatic speech recognition model for Russian with 240M parameters.
`,
  },
  onlyNames: {
    id: 'nobody/untitled-model',
    card: `---
library_name: transformers
---
# Model Card for Model ID

[More Information Needed]
`,
  },
  empty: { id: 'nobody/blank', card: '---\nlicense: mit\n---\n' },
  embeddings: {
    id: 'vector-works/Nord-Embed-v2',
    card: `---
license: apache-2.0
language: [en, ru]
tags: [sentence-transformers]
---
# Nord-Embed-v2

Nord-Embed-v2 is a multilingual text embedding model with 568M parameters and a maximum sequence length of 8192 tokens. The embedding dimension is 1024.

| Task | Score |
|---|---|
| MTEB | 66.1 |
| ruMTEB | 64.8 |
`,
  },
  family: {
    id: 'acme-ai/Acme-Lynx',
    card: `---
license: apache-2.0
---
# Acme-Lynx

The Acme-Lynx family comes with 0.6B, 1.7B, 4B and 8B parameters. All models support more than 40 languages and were distilled from a larger teacher. The smaller models repeat themselves at times: they may loop in long answers.
`,
  },
  russianCard: {
    id: 'ozerki/Ladoga-20B',
    card: `---
license: mit
language: ru
---
# Ladoga-20B

Ladoga-20B — языковая модель на основе смеси экспертов: 20 миллиардов параметров, из них активных 3 миллиарда. Модель обучили на 9,5 трлн токенов. Контекст — 131 072 токена.

| Бенчмарк | Ladoga-20B | Volna-22B |
|---|---|---|
| MERA | 0,51 | 0,47 |
| ruMMLU | 0,598 | 0,573 |
`,
  },
};

/** A megabyte of rows: what it says of itself stands above them. */
export function tableMountain(): CardFixture {
  const rows = Array.from(
    { length: 24_000 },
    (_, at) => `| task ${at} | ${(at % 97) + 0.5} | ${(at % 89) + 0.5} |`,
  );
  return {
    id: 'big/Mesa-9B',
    card: `---\nlicense: mit\n---\n# Mesa-9B\n\nMesa-9B is a language model with 9B parameters.\n\n| Benchmark | Mesa-9B | Other-9B |\n|---|---|---|\n${rows.join('\n')}\n`,
  };
}
