import { addressOf, escapeHtml, hrefOf, jsonLd, longDate } from '../markup.ts';
import type { SiteLook } from '../site.ts';

/** A blog of developers: hubs, votes, code, a column of posts, comments. */
export const blogLook: SiteLook = ({ site, page, origin, others }) => `<!DOCTYPE html>
<html lang="ru">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(page.title)} / ${escapeHtml(site.name)}</title>
<meta name="description" content="${escapeHtml(page.description)}">
<meta property="og:site_name" content="${escapeHtml(site.name)}">
<meta property="og:title" content="${escapeHtml(page.title)}">
<link rel="canonical" href="${addressOf({ origin, page })}">
${jsonLd({
  '@type': 'BlogPosting',
  headline: page.title,
  description: page.description,
  datePublished: page.published,
  author: { '@type': 'Organization', name: 'Команда блога' },
})}
<style>
:root{color-scheme:light dark}body{margin:0;font:16px/1.6 system-ui,sans-serif;background:Canvas;color:CanvasText}
.tm-header{border-bottom:1px solid #8884;padding:.8rem 1rem}.tm-header a{margin-right:1rem}
.tm-page{display:grid;grid-template-columns:minmax(0,1fr) 16rem;gap:2rem;max-width:68rem;margin:0 auto;padding:1rem}
pre{background:#8882;padding:.8rem;overflow:auto;border-radius:4px}.tm-votes{color:#5a5}.hub{font-size:.8em;color:#888}
@media(max-width:800px){.tm-page{display:block}}
</style>
</head>
<body>
<header class="tm-header"><a href="/"><strong>${escapeHtml(site.name)}</strong></a><nav class="tm-nav"><a href="/">Все потоки</a><a href="/">Машинное обучение</a><a href="/">Администрирование</a><a href="/">Войти</a></nav></header>
<div class="tm-page">
<main class="tm-page__main">
<article class="tm-article">
<div class="tm-article__meta post-meta"><span class="author">Команда блога</span> <time datetime="${page.published}T08:00:00.000Z">${longDate(page.published, 'ru')}</time> <span class="views">12K</span></div>
<h1 class="tm-title"><span>${escapeHtml(page.title)}</span></h1>
<div class="tags hubs"><a class="hub" href="/">Машинное обучение *</a> <a class="hub" href="/">${escapeHtml(page.topic)} *</a></div>
<div class="article-formatted-body">
${page.content}
</div>
<div class="tm-article__labels tags">Теги: <a href="/">нейросети</a>, <a href="/">nlp</a>, <a href="/">${escapeHtml(page.topic.toLowerCase())}</a></div>
<div class="tm-votes rating"><button>↑</button> +37 <button>↓</button> <a href="#">В закладки</a> <a href="#">Поделиться</a></div>
</article>
<section class="tm-comments comments"><h2>Комментарии 3</h2>
<div class="comment"><b>Читатель блога</b><p>Хорошая статья, но на картинках ничего не видно с телефона, поправьте, пожалуйста.</p></div>
<div class="comment"><b>Команда блога</b><p>Поправили, спасибо, что заметили!</p></div>
<div class="comment"><b>Прохожий</b><p>А у меня всё это ещё в прошлом году на коленке работало, ничего нового.</p></div>
</section>
</main>
<aside class="tm-sidebar"><h3>Читают сейчас</h3><ul>
${others
  .slice(0, 4)
  .map(
    (other) =>
      `<li><a href="${hrefOf(other)}">${escapeHtml(other.title)}</a> <span>${other.title.length} комментариев</span></li>`,
  )
  .join('\n')}
</ul><div class="vacancy-widget"><h3>Вакансии</h3><p>Инженер по данным, удалённо, от 250 000 ₽</p></div></aside>
</div>
<footer class="tm-footer"><a href="/">Правила</a> <a href="/">Помощь</a> <a href="/">Мобильная версия</a><p>© 2008–2026, ${escapeHtml(site.name)}</p></footer>
</body>
</html>`;
