import { describe, expect, it } from 'vitest';
import type { DigestPost } from '../../../generation/digest/digest-post.ts';
import { checkPost } from '../../../generation/digest/house-rules.ts';
import { writePost } from '../../../generation/digest/write-post.ts';
import { CARDS, tableMountain, type CardFixture } from './cards.ts';
import { factsOfCard, NOW, releaseOf } from './read-cards.ts';

async function postOf(fixture: CardFixture, language: 'ru' | 'en' = 'ru'): Promise<DigestPost> {
  const { release, table } = await factsOfCard(fixture);
  return writePost(release, table, { now: NOW, language });
}

function card(name: string): CardFixture {
  const fixture = CARDS[name];
  if (fixture === undefined) throw new Error(`no card ${name}`);
  return fixture;
}

describe('a post from facts', () => {
  it('reads as a whole', async () => {
    const post = await postOf(card('frontMatterAndTable'));
    expect(post.text.replaceAll('\u00A0', ' ')).toBe(
      `🤖 Acme-Koala-34B: 34 млрд параметров, из них активны 4 млрд

Команда Acme 18 ноября 2026 года выпустила Acme-Koala-34B — языковую модель. Это смесь экспертов (MoE): всего 34 млрд параметров, на каждый токен приходится 4 млрд. Контекст — 128 тыс. токенов.

Внутри — внимание с группировкой запросов (GQA). Экспертов — 64, на каждый токен выбирают 6. Обучали на 9,2 трлн токенов. В обучении — дообучение с учителем (SFT) и DPO.

Оценки авторов:
• MMLU-Pro — 71,2 против 69,8 у Bolt-30B и 70,4 у Crane 2 32B
• GSM8K — 91,5% против 90,1% у Bolt-30B
• LiveCodeBench — 38,4 против 36,0 у Bolt-30B и 37,7 у Crane 2 32B

Запускается в vLLM и SGLang. Лицензия — Apache 2.0.

Русский: ruMMLU — 66,3 против 61,0 у Bolt-30B и 64,9 у Crane 2 32B. Ограничение: модель может выдумывать факты.

Huggingface`,
    );
    expect(post.brokenRules).toEqual([]);
    expect(post.isMajor).toBe(false);
  });

  it('tells where its parts stand, so that nothing has to be marked up', async () => {
    const { text, title, links, paragraphs, opinionAt } = await postOf(card('frontMatterAndTable'));
    expect(text.slice(title.start, title.end)).toBe(title.text);
    expect(links.map(({ start, end }) => text.slice(start, end))).toEqual(['Huggingface']);
    expect(links[0]?.url).toBe('https://huggingface.co/acme-ai/Acme-Koala-34B');
    for (const { start, end, text: own } of paragraphs) expect(text.slice(start, end)).toBe(own);
    expect(opinionAt).toBe(paragraphs.at(-1)?.end);
  });

  it('has no figure, over all cards and in both languages, that its pages do not have', async () => {
    for (const fixture of [...Object.values(CARDS), tableMountain()]) {
      for (const language of ['ru', 'en'] as const) {
        const { brokenRules } = await postOf(fixture, language);
        const broken = brokenRules.filter(({ rule }) => rule !== 'too-short');
        expect({ card: fixture.id, broken }).toEqual({ card: fixture.id, broken: [] });
      }
    }
  });

  it('catches a false figure wherever it is planted', async () => {
    let planted = 0;
    for (const fixture of Object.values(CARDS)) {
      const { release, table } = await factsOfCard(fixture);
      const post = await writePost(release, table, { now: NOW });
      const body = post.paragraphs.map(({ text }) => text).join('\n\n');
      const name = table.subject.name;
      for (const match of body.matchAll(/(?<![\p{L}\d.,-])\d+(?:,\d+)?(?![\p{L}\d-])/gu)) {
        if (body.slice(0, match.index).endsWith(`${name.split(' ')[0] ?? ''} `)) continue;
        const wrong = wrongFigure(match[0]);
        const changed =
          body.slice(0, match.index) + wrong + body.slice(match.index + match[0].length);
        if (changed.replaceAll(name, '') === body.replaceAll(name, '')) continue;
        const paragraphs = [
          { kind: 'text' as const, text: changed, start: 0, end: changed.length },
        ];
        const rules = checkPost({ ...post, paragraphs }, table, { now: NOW });
        const isSystem =
          / (?:у|и) [^.]{0,20}$/u.test(body.slice(0, match.index)) &&
          /^ \d/u.test(body.slice(match.index + match[0].length));
        if (isSystem) continue;
        planted += 1;
        const caught = rules.some(({ rule }) => rule === 'unsupported-figure');
        const around = changed.slice(Math.max(0, match.index - 40), match.index + 40);
        expect({ around, caught }).toEqual({ around, caught: true });
      }
    }
    expect(planted).toBeGreaterThan(60);
  });

  it('catches a true figure said of another thing', async () => {
    const { release, table } = await factsOfCard(card('frontMatterAndTable'));
    const post = await writePost(release, table, { now: NOW });
    const swapped = (from: string, to: string): string[] => {
      const paragraphs = post.paragraphs.map((paragraph) => ({
        ...paragraph,
        text: paragraph.text.replaceAll('\u00A0', ' ').replace(from, to),
      }));
      return checkPost({ ...post, paragraphs }, table, { now: NOW }).map(({ rule }) => rule);
    };
    expect(swapped('34 млрд параметров', '64 параметра')).toContain('unsupported-figure');
    expect(swapped('Контекст — 128 тыс.', 'Контекст — 34 млрд')).toContain('unsupported-figure');
    expect(swapped('Контекст — 128 тыс.', 'Контекст — 128 тыс.')).toEqual([]);
  });

  it('gives what pages say differently with both values', async () => {
    expect((await postOf(card('twoLicences'))).text).toContain(
      'Лицензия указана по-разному: MIT и Apache 2.0.',
    );
    expect((await postOf(card('conflictingFigures'))).text.replaceAll('\u00A0', ' ')).toContain(
      'Данные о контексте в источниках расходятся: 32 тыс. и 16 тыс. токенов.',
    );
  });

  it('says that Russian is unknown where no page speaks of it', async () => {
    expect((await postOf(card('proseScores'))).text).toContain('Качество на русском неизвестно');
    expect((await postOf(card('family'))).text).not.toContain('Русский');
  });

  it('dates a price', async () => {
    expect((await postOf(card('proseScores'))).text).toContain(
      'Цена API на 20 ноября 2026 года: 0,27 доллара за миллион входных токенов и 1,10 доллара за миллион выходных.',
    );
  });

  it('does not pad: what says little is short, and says so', async () => {
    const post = await postOf(card('empty'));
    expect(post.brokenRules).toEqual([
      { rule: 'too-short', at: null, actual: post.text.length, allowed: 750 },
    ]);
    expect(post.text).toContain('Лицензия — MIT.');
  });

  it('keeps to the length of an ordinary post, and leaves out what tells least', async () => {
    const fixture = card('frontMatterAndTable');
    const long = `${fixture.card}\nAcme-Koala-34B uses grouped-query attention, sliding-window attention and YaRN. It reaches 55.1 on SWE-bench Verified. Acme-Koala-34B is trained on Corpus-Wide-Web. It supports tool calling and works on edge devices. It may be biased: bias of the data stays. Acme-Koala-34B was trained with synthetic data. Training Acme-Koala-34B took 1.2 million H100 GPU hours and cost $3.1 million.\n`;
    const { text, brokenRules, isMajor } = await postOf({ ...fixture, card: long });
    expect(isMajor).toBe(false);
    expect(text.length).toBeLessThanOrEqual(1100);
    expect(brokenRules.map(({ rule }) => rule)).not.toContain('too-long');
  });

  it('takes a release for a major one by who noticed it', async () => {
    const fixture = card('family');
    const { table } = await factsOfCard(fixture);
    const popularity = { downloads: null, likes: 900, upvotes: null, stars: null };
    const noticed = await writePost(releaseOf(fixture, { popularity }), table, { now: NOW });
    expect(noticed.isMajor).toBe(true);
  });
});

/** Another figure of as many digits. */
function wrongFigure(written: string): string {
  const last = written.at(-1) ?? '0';
  const changed = `${written.slice(0, -1)}${(Number(last) + 3) % 10}`;
  return changed.replace(/^0(?=\d)/u, '7');
}
