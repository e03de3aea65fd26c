import { addressOf, escapeHtml, hrefOf, longDate } from '../markup.ts';
import type { SiteLook } from '../site.ts';

/** Popular science: microdata, buttons to share, a quiz, a row of cards below. */
export const popularScienceLook: SiteLook = ({ site, page, origin, others }) => `<!doctype html>
<html lang="ru" prefix="og: http://ogp.me/ns#">
<head>
<meta charset="utf-8">
<title>${escapeHtml(page.title)} | ${escapeHtml(site.name)}</title>
<meta name="description" content="${escapeHtml(page.description)}">
<meta property="og:type" content="article">
<meta property="og:site_name" content="${escapeHtml(site.name)}">
<meta property="og:title" content="${escapeHtml(page.title)}">
<meta property="og:url" content="${addressOf({ origin, page })}">
<meta property="article:published_time" content="${page.published}T09:00:00+03:00">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="canonical" href="${addressOf({ origin, page })}">
<style>
body{margin:0;font:18px/1.65 Georgia,serif;color:#1b2733}
.header{background:#12355b;padding:1rem}.header a{color:#fff;margin-right:1.2rem;text-decoration:none;font-family:sans-serif}
.layout{max-width:46rem;margin:0 auto;padding:1rem}.lead{font-size:1.15em;color:#456}
.share{display:flex;gap:.6rem;font:14px sans-serif}.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(12rem,1fr));gap:1rem}
.card{background:#eef3f8;padding:.8rem;border-radius:8px}.quiz{border:2px dashed #9ab;padding:1rem}
</style>
<script>window.dataLayer=window.dataLayer||[];dataLayer.push({section:'${escapeHtml(page.topic)}'});</script>
</head>
<body>
<header class="header"><a href="/"><b>${escapeHtml(site.name)}</b></a><nav><a href="/">Физика</a><a href="/">Биология</a><a href="/">Медицина</a><a href="/">Тесты</a></nav></header>
<div class="breadcrumbs"><a href="/">Главная</a> → <a href="/">${escapeHtml(page.topic)}</a></div>
<div class="layout" itemscope itemtype="https://schema.org/Article">
<h1 itemprop="headline">${escapeHtml(page.title)}</h1>
<div class="meta-info"><span itemprop="author">Редакция</span> · <time itemprop="datePublished" datetime="${page.published}">${longDate(page.published, 'ru')}</time> · 4 минуты чтения</div>
<div class="share share--top"><a href="#vk">ВКонтакте</a><a href="#tg">Телеграм</a><a href="#copy">Скопировать ссылку</a></div>
<div class="article-body" itemprop="articleBody">
${page.content}
</div>
<div class="tags"><a href="/">#${escapeHtml(page.topic.toLowerCase())}</a> <a href="/">#простыми_словами</a></div>
<div class="quiz"><h3>Проверьте себя</h3><p>Пройдите короткий тест и узнайте, какой вы учёный. Результат можно отправить друзьям!</p><button>Начать тест</button></div>
<div class="newsletter"><h3>Письмо по субботам</h3><p>Подпишитесь на рассылку: пять коротких историй о науке каждую неделю.</p><form><input type="email"><button>Подписаться</button></form></div>
</div>
<section class="related"><h2>Читайте также</h2><div class="cards">
${others
  .slice(0, 3)
  .map(
    (other) =>
      `<div class="card"><a href="${hrefOf(other)}">${escapeHtml(other.title)}</a><p>${escapeHtml(other.description)}</p></div>`,
  )
  .join('\n')}
</div></section>
<div class="cookie-bar" role="dialog">Мы используем файлы cookie, чтобы сайт работал лучше. <button>Хорошо</button></div>
<footer class="footer"><p>© 2019–2026 «${escapeHtml(site.name)}». Перепечатка только со ссылкой на источник.</p><a href="/">О проекте</a> <a href="/">Реклама на сайте</a></footer>
</body>
</html>`;
