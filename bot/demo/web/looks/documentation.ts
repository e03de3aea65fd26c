import { addressOf, escapeHtml, hrefOf, linksTo } from '../markup.ts';
import type { SiteLook } from '../site.ts';

/** A documentation site: a tree of pages, links to headings, the page before and the page after. */
export const documentationLook: SiteLook = ({ site, page, origin, others }) => `<!doctype html>
<html lang="en" data-theme="light">
<head>
<meta charset="utf-8">
<meta name="generator" content="docs-builder 3.7">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(page.title)} | ${escapeHtml(site.name)}</title>
<meta name="description" content="${escapeHtml(page.description)}">
<meta property="og:title" content="${escapeHtml(page.title)} | ${escapeHtml(site.name)}">
<meta property="og:site_name" content="${escapeHtml(site.name)}">
<link rel="canonical" href="${addressOf({ origin, page })}">
<style>
body{margin:0;font:16px/1.65 system-ui,sans-serif;color:#1c1e21}.navbar{padding:.7rem 1.2rem;box-shadow:0 1px 3px #0002}
.docs-wrapper{display:grid;grid-template-columns:15rem minmax(0,1fr) 12rem;gap:2rem;padding:1rem 1.2rem}.toc{font-size:.85em}
pre{background:#f5f6f8;padding:.9rem;overflow:auto;border-radius:6px}.hash-link{opacity:.3;text-decoration:none}.pagination-nav{display:flex;justify-content:space-between}
@media(max-width:900px){.docs-wrapper{display:block}}
</style>
</head>
<body class="docs-doc-page">
<a class="skip-link" href="#main">Skip to main content</a>
<nav class="navbar"><a href="/"><b>${escapeHtml(site.name)}</b></a> <a href="/">Guides</a> <a href="/">API</a> <a href="/">Changelog</a> <span>v2.4</span> <button>Search Ctrl K</button></nav>
<div class="docs-wrapper">
<aside class="theme-doc-sidebar"><nav class="menu"><ul class="menu__list">
${linksTo([page, ...others])}
</ul></nav></aside>
<main id="main">
<nav class="breadcrumbs"><ul><li><a href="/">Home</a></li><li>${escapeHtml(page.topic)}</li></ul></nav>
<article><div class="theme-doc-markdown markdown">
<header><h1>${escapeHtml(page.title)}</h1></header>
${withAnchors(page.content)}
</div>
<footer class="theme-doc-footer"><a href="/edit">Edit this page</a> <span>Last updated on ${page.published}</span></footer></article>
<nav class="pagination-nav">${others
  .slice(0, 2)
  .map(
    (other, at) =>
      `<a href="${hrefOf(other)}">${at === 0 ? 'Previous' : 'Next'} ${escapeHtml(other.title)}</a>`,
  )
  .join(' ')}</nav>
<div class="feedback-widget">Was this page helpful? <button>Yes</button> <button>No</button></div>
</main>
<div class="toc table-of-contents"><b>On this page</b><ul><li><a href="#overview">Overview</a></li><li><a href="#next">Next steps</a></li></ul></div>
</div>
<footer class="footer footer--dark"><div>Docs</div><a href="/">Quickstart</a><div>Community</div><a href="/">Chat</a><div>Built with care. Copyright © 2026 ${escapeHtml(site.name)} contributors.</div></footer>
</body>
</html>`;

function withAnchors(content: string): string {
  return content.replaceAll(
    '</h2>',
    '<a class="hash-link" aria-label="Direct link" href="#overview">#</a></h2>',
  );
}
