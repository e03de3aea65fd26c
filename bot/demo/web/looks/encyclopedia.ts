import { addressOf, escapeHtml, linksTo, longDate } from '../markup.ts';
import type { SiteLook } from '../site.ts';

/** An encyclopedia: sections with edit links, a sidebar of tools, categories, a licence. */
export const encyclopediaLook: SiteLook = ({ site, page, origin, others }) => `<!DOCTYPE html>
<html class="client-nojs" lang="${site.language}" dir="ltr">
<head>
<meta charset="UTF-8">
<title>${escapeHtml(page.title)} — ${escapeHtml(site.name)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="OpenWiki 1.43">
<meta name="application-name" content="${escapeHtml(site.name)}">
<meta name="format-detection" content="telephone=no">
<link rel="canonical" href="${addressOf({ origin, page })}">
<style>
body{margin:0;background:#f6f6f6;color:#202122;font:15px/1.6 sans-serif}
#content{margin-left:11rem;max-width:52rem;padding:1.2rem 1.6rem;background:#fff;border-left:1px solid #a7d7f9}
h1,h2{font-family:Georgia,serif;font-weight:400;border-bottom:1px solid #a2a9b1}
.mw-jump-link{position:absolute;left:-99rem}#mw-head ul{display:flex;flex-wrap:wrap;gap:1rem;list-style:none;margin:0 0 0 11rem;padding:.8rem 1.6rem;font-size:.85em}
.mw-panel{position:absolute;top:5rem;left:0;width:10rem;padding:0 .6rem;font-size:.85em}
.infobox{float:right;margin:0 0 1rem 1rem;border:1px solid #a2a9b1;background:#f8f9fa;font-size:.88em}
.mw-editsection{font:13px sans-serif}.catlinks{border:1px solid #a2a9b1;padding:.4rem;margin-top:2rem}
@media(max-width:700px){#content,#mw-head ul{margin:0}.mw-panel{position:static;width:auto}}
</style>
</head>
<body class="mediawiki ltr ns-0">
<a class="mw-jump-link" href="#bodyContent">Перейти к содержанию</a>
<div id="mw-head" role="navigation">
<ul><li><a href="/">Статья</a></li><li><a href="/w/talk">Обсуждение</a></li><li><a href="/w/edit">Править</a></li>
<li><a href="/w/history">История</a></li><li><a href="/w/login">Войти</a></li><li><a href="/w/donate">Пожертвовать</a></li></ul>
</div>
<div id="content" class="mw-body" role="main">
<div id="siteNotice" class="banner">Энциклопедии нужны участники: <a href="/w/join">присоединяйтесь к месячнику статей</a>.</div>
<h1 id="firstHeading" class="firstHeading">${escapeHtml(page.title)}</h1>
<div id="bodyContent">
<div id="siteSub" class="noprint">Материал из открытой энциклопедии</div>
<div id="mw-content-text" class="mw-parser-output">
${withEditLinks(page.content)}
</div>
<div id="catlinks" class="catlinks"><a href="/w/categories">Категория</a>: <ul><li><a href="/w/category">${escapeHtml(page.topic)}</a></li></ul></div>
</div>
</div>
<div id="mw-navigation">
<div class="mw-panel">
<div class="portal" role="navigation"><h3>Навигация</h3><ul>
<li><a href="/">Заглавная страница</a></li><li><a href="/w/random">Случайная статья</a></li><li><a href="/w/recent">Свежие правки</a></li></ul></div>
<div class="portal" role="navigation"><h3>Рядом</h3><ul>
${linksTo(others.slice(0, 5))}
</ul></div>
<div class="portal" role="navigation"><h3>На других языках</h3><ul><li><a href="/w/en">English</a></li><li><a href="/w/be">Беларуская</a></li></ul></div>
</div>
</div>
<div id="footer" role="contentinfo">
<ul><li>Эта страница в последний раз была отредактирована ${longDate(page.published, 'ru')}.</li>
<li>Текст доступен по свободной лицензии; могут действовать дополнительные условия.</li></ul>
<ul><li><a href="/w/privacy">Политика конфиденциальности</a></li><li><a href="/w/about">Об энциклопедии</a></li></ul>
</div>
</body>
</html>`;

function withEditLinks(content: string): string {
  const link = '<span class="mw-editsection">[<a href="/w/edit">править</a>]</span>';
  return content.replaceAll('</h2>', `${link}</h2>`);
}
