import { addressOf, escapeHtml, jsonLd, linksTo } from '../markup.ts';
import type { SiteLook } from '../site.ts';

/** A company's own site: a hero with a button, sections, a form for a call back, a long footer. */
export const companyLook: SiteLook = ({ site, page, origin, others }) => `<!doctype html>
<html lang="ru">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(page.title)} — компания «${escapeHtml(site.name)}»</title>
<meta name="description" content="${escapeHtml(page.description)}">
<meta property="og:site_name" content="${escapeHtml(site.name)}">
<link rel="canonical" href="${addressOf({ origin, page })}">
${jsonLd({ '@type': 'Organization', name: site.name, url: origin })}
<style>
body{margin:0;font:17px/1.6 system-ui,sans-serif;color:#143}.topbar{display:flex;gap:1.4rem;padding:1rem 2rem;background:#f2fbf7}
.hero{padding:3rem 2rem;background:linear-gradient(120deg,#0a7a5a,#12a37a);color:#fff}.hero a{color:#fff;border:1px solid;padding:.5rem 1rem;border-radius:6px}
.page-section{max-width:48rem;margin:2rem auto;padding:0 1.5rem}table{border-collapse:collapse}td,th{border:1px solid #cde;padding:.4rem .8rem}
.site-footer{background:#052;color:#cfe;padding:2rem}.site-footer a{color:#cfe}
</style>
</head>
<body>
<div class="topbar"><a href="/"><b>${escapeHtml(site.name)}</b></a><a href="/">Продукты</a><a href="/">Внедрения</a><a href="/">Пресс-центр</a><a href="/">Вакансии</a></div>
<div class="hero banner"><p>Поиск, который отвечает</p><a href="#form">Запросить показ</a></div>
<div class="page-section content">
<h1>${escapeHtml(page.title)}</h1>
${page.content}
</div>
<section class="callback-form signup" id="form"><h2>Остались вопросы?</h2><p>Оставьте телефон, и менеджер перезвонит в рабочее время в течение часа.</p><form><input placeholder="Телефон"><button>Перезвоните мне</button></form><small>Нажимая кнопку, вы соглашаетесь с обработкой персональных данных.</small></section>
<footer class="site-footer"><ul>
${linksTo(others)}
</ul><p>© 2026 «${escapeHtml(site.name)}». Вымышленная компания для показа.</p></footer>
<div class="cookie-consent">Сайт хранит cookie. <button>Принять все</button> <button>Настроить</button></div>
</body>
</html>`;
