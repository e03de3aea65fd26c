import { describe, expect, it } from 'vitest';
import { writeListPost } from '../../../generation/digest/list-post.ts';

function post(name: string): Parameters<typeof writeListPost>[0][number] {
  const text = `🤖 ${name}: 7 млрд параметров`;
  return {
    releaseId: name,
    title: { text, emoji: '🤖', start: 0, end: text.length },
    links: [{ label: 'Huggingface', url: `https://huggingface.co/acme/${name}`, start: 0, end: 0 }],
  };
}

describe('a list of releases', () => {
  it('names each with a link and what it is', () => {
    const list = writeListPost([post('Acme-7B'), post('Bolt-7B')], { period: 'week' });
    expect(list?.text).toBe(
      '🗞 2 релиза за неделю\n\n🤖 Acme-7B — 7 млрд параметров\n🤖 Bolt-7B — 7 млрд параметров',
    );
    expect(list?.links.map(({ start, end }) => list.text.slice(start, end))).toEqual([
      'Acme-7B',
      'Bolt-7B',
    ]);
  });

  it('counts in Russian and in English', () => {
    const posts = Array.from({ length: 12 }, (_, at) => post(`Acme-${at}B`));
    expect(writeListPost(posts, { period: 'week' })?.title.text).toBe('🗞 12 релизов за неделю');
    expect(writeListPost(posts.slice(0, 1), { period: 'day' })?.title.text).toBe(
      '🗞 1 релиз за день',
    );
    expect(writeListPost(posts, { period: 'day', language: 'en' })?.title.text).toBe(
      '🗞 12 releases of the day',
    );
  });

  it('links to the post in the channel where there is one', () => {
    const list = writeListPost([post('Acme-7B')], {
      period: 'day',
      postUrl: () => 'https://t.me/channel/12',
    });
    expect(list?.links[0]?.url).toBe('https://t.me/channel/12');
  });

  it('stays within a message, and says how many it left out', () => {
    const posts = Array.from({ length: 200 }, (_, at) => post(`Acme-Model-${at}B`));
    const list = writeListPost(posts, { period: 'week' });
    expect(list?.text.length).toBeLessThanOrEqual(4096);
    expect(list?.leftOut).toBe(200 - (list?.links.length ?? 0));
    expect(list?.text).toMatch(/И ещё \d+ релиз/u);
  });

  it('is none where there is nothing to list', () => {
    expect(writeListPost([], { period: 'day' })).toBe(null);
  });
});
