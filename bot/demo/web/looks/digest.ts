import { addressOf, escapeHtml, jsonLd, linksTo } from '../markup.ts';
import type { SiteLook } from '../site.ts';

/** A site that lives on advertisements: an overlay, sponsored boxes, buttons, links to itself. */
export const digestLook: SiteLook = ({ site, page, origin, others }) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(page.title)} (Updated!) | ${escapeHtml(site.name)}</title>
<meta name="description" content="${escapeHtml(page.description)}">
<meta name="robots" content="index, follow, max-snippet:-1">
<meta property="og:site_name" content="${escapeHtml(site.name)}">
<meta property="og:title" content="${escapeHtml(page.title)}">
<link rel="canonical" href="${addressOf({ origin, page })}">
${jsonLd({
  '@graph': [
    { '@type': 'WebSite', name: site.name, url: origin },
    {
      '@type': 'BlogPosting',
      headline: page.title,
      datePublished: page.published,
      author: { '@type': 'Organization', name: 'Digest team' },
    },
  ],
})}
<style>
body{margin:0;font:17px/1.6 Arial,sans-serif}.top-ad,.sponsored{background:#fff6cc;padding:1rem;text-align:center}.wrapper{max-width:44rem;margin:0 auto;padding:1rem}
.overlay{background:#222;color:#fff;padding:1rem}table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:.3rem .6rem}.btn{background:#e2401f;color:#fff;padding:.5rem 1rem}
</style>
</head>
<body>
<div class="overlay popup"><h2>Wait! Before you go…</h2><p>Get our free cheat sheet with 500 prompts that will change your life forever!</p><a class="btn" href="/free">YES, SEND IT TO ME</a> <a href="#no">No, I hate productivity</a></div>
<div class="top-ad advertisement">Sponsored: learn AI in 7 minutes a day. First week free.</div>
<header><a href="/"><b>${escapeHtml(site.name)}</b></a> <nav><a href="/">News</a> <a href="/">Tools</a> <a href="/">Top lists</a> <a href="/">Deals</a></nav></header>
<div class="wrapper main-content">
<h1>${escapeHtml(page.title)}</h1>
<div class="entry-meta">Posted by Digest team in ${escapeHtml(page.topic)} · 3 min read · 1.2K shares</div>
<div class="entry">
${page.content}
</div>
<div class="sponsored promo"><p>Hot deal: rent a GPU for the price of a coffee. Use the code DIGEST at checkout.</p></div>
<div class="share-buttons"><a href="#1">Tweet</a><a href="#2">Share</a><a href="#3">Pin</a></div>
</div>
<section class="you-may-like"><h3>People also read</h3><ul>
${linksTo(others)}
</ul></section>
<footer><p>© ${escapeHtml(site.name)}. As an affiliate we earn from qualifying purchases.</p><a href="/">Privacy policy</a></footer>
</body>
</html>`;
