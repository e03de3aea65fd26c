import { load } from 'cheerio/slim';

/** A page's markup as its author would have written it in a README: headings, paragraphs, lists, tables, code. */
export function markdownOf(markup: string): string {
  const $ = load(markup, null, false);
  const written: string[] = [];
  for (const node of $.root().children().toArray()) {
    const element = $(node);
    const name = node.tagName.toLowerCase();
    if (/^h[1-6]$/u.test(name)) {
      written.push(`${'#'.repeat(Number(name.slice(1)))} ${words(element.text())}`);
    } else if (name === 'ul' || name === 'ol') {
      const items = element.children('li').toArray();
      written.push(items.map((item) => `- ${words($(item).text())}`).join('\n'));
    } else if (name === 'pre') {
      written.push(`\`\`\`\n${element.text().trim()}\n\`\`\``);
    } else if (name === 'table') {
      const rows = element.find('tr').toArray();
      const lines = rows.map((row) => {
        const cells = $(row).children('th, td').toArray();
        return `| ${cells.map((cell) => words($(cell).text())).join(' | ')} |`;
      });
      const [head = ''] = lines;
      const rule = head.replaceAll(/[^|]+/gu, ' --- ');
      written.push([head, rule, ...lines.slice(1)].join('\n'));
    } else {
      written.push(words(element.text()));
    }
  }
  return written.filter((part) => part !== '').join('\n\n');
}

function words(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim();
}
