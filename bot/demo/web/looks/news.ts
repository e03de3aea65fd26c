import { addressOf, escapeHtml, hrefOf, jsonLd, linksTo, longDate } from '../markup.ts';
import type { SiteLook } from '../site.ts';

/** A news site of the old school: windows-1251, tables for columns, a signpost within the text. */
export const newsLook: SiteLook = ({
  site,
  page,
  origin,
  others,
}) => `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=windows-1251" />
<title>${escapeHtml(page.title)} :: ${escapeHtml(site.name)}</title>
<meta name="description" content="${escapeHtml(page.description)}" />
<meta name="keywords" content="новости, искусственный интеллект, ${escapeHtml(page.topic)}" />
<link rel="canonical" href="${addressOf({ origin, page })}" />
${jsonLd({
  '@type': 'NewsArticle',
  headline: page.title,
  datePublished: `${page.published}T10:15:00+03:00`,
  author: { '@type': 'Organization', name: 'Редакция' },
  publisher: { '@type': 'Organization', name: site.name },
})}
<style type="text/css">
body{margin:0;font:14px/1.5 Verdana,Arial,sans-serif;background:#e9e9e9}
table.page{width:100%;max-width:1000px;margin:0 auto;background:#fff;border-collapse:collapse}
td{vertical-align:top;padding:12px}td.left{width:170px;background:#f3f0e6;font-size:12px}
h1{font-size:22px;color:#8a1010}.topmenu a{margin-right:14px;color:#8a1010}.banner{background:#ffe9a8;padding:8px;text-align:center}
</style>
</head>
<body>
<table class="page"><tr><td colspan="2" class="topmenu"><a href="/"><b>${escapeHtml(site.name)}</b></a> <a href="/">Лента</a> <a href="/">Модели</a> <a href="/">Рынок</a> <a href="/">Мнения</a> <a href="/">RSS</a></td></tr>
<tr><td colspan="2"><div class="banner"><a href="/ads/1">Реклама: серверы с видеокартами со скидкой 15% до конца месяца</a></div></td></tr>
<tr>
<td class="left">
<div class="menu"><b>Лента дня</b><ul>
${linksTo(others.slice(0, 4))}
</ul></div>
<div class="poll"><b>Опрос</b><br>Доверяете ли вы ответам чат-ботов?<br><input type="radio" /> Да <input type="radio" /> Нет<br><a href="/poll">Результаты</a></div>
</td>
<td class="center">
<h1>${escapeHtml(page.title)}</h1>
<div class="news-date">${longDate(page.published, 'ru')}, 10:15 | Редакция | <a href="/">${escapeHtml(page.topic)}</a></div>
<div class="news-text">
${withSignpost(page.content, others)}
</div>
<div class="social-likes"><a href="#">Поделиться</a> <a href="#">Отправить другу</a> <a href="/print${hrefOf(page)}">Версия для печати</a></div>
<div class="comments" id="comments"><b>Комментарии (2)</b>
<div class="comment"><i>Гость</i>: Опять нейросети, а когда они научатся мыть посуду?</div>
<div class="comment"><i>Читатель</i>: Спасибо, сохранил себе, буду пересказывать коллегам на обеде.</div>
<a href="/comment">Оставить комментарий</a></div>
</td>
</tr>
<tr><td colspan="2" class="footer"><small>© ${escapeHtml(site.name)}, 2017–2026. Все права защищены. Сетевое издание, 16+. <a href="/">Контакты</a> | <a href="/">Рекламодателям</a></small></td></tr>
</table>
</body>
</html>`;

function withSignpost(content: string, others: Parameters<SiteLook>[0]['others']): string {
  const [other] = others;
  if (other === undefined) return content;
  const signpost = `<p>Читайте также: <a href="${hrefOf(other)}">${escapeHtml(other.title)}</a></p>`;
  return content.replace('</p>', `</p>\n${signpost}`);
}
