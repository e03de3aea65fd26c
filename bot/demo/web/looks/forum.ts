import { addressOf, escapeHtml, linksTo, longDate } from '../markup.ts';
import type { SiteLook } from '../site.ts';

/** A forum: posts in a table, their writers' ranks, signatures, pages of a thread. */
export const forumLook: SiteLook = ({ site, page, origin, others }) => `<!DOCTYPE html>
<html lang="en" class="forum">
<head>
<meta charset="utf-8">
<title>${escapeHtml(page.title)} - ${escapeHtml(site.name)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="${escapeHtml(page.description)}">
<meta property="og:site_name" content="${escapeHtml(site.name)}">
<link rel="canonical" href="${addressOf({ origin, page })}">
<style>
body{font:14px/1.5 Tahoma,sans-serif;background:#e8eef4;max-width:60rem;margin:0 auto;padding:.6rem}.navbar{background:#2b4a6b;color:#fff;padding:.5rem}.navbar a{color:#fff}
.post{background:#fff;border:1px solid #b8c7d6;margin:.6rem 0;padding:.8rem}.postprofile{font-size:.85em;color:#567}.signature{border-top:1px dotted #aaa;color:#888;font-size:.85em}
</style>
</head>
<body>
<div class="navbar"><a href="/"><b>${escapeHtml(site.name)}</b></a> | <a href="/">FAQ</a> | <a href="/members/">Members</a> | <a href="/login">Register</a> | <a href="/login">Login</a></div>
<div class="breadcrumbs"><a href="/">Board index</a> ‹ <a href="/">${escapeHtml(page.topic)}</a></div>
<h1 class="topic-title">${escapeHtml(page.title)}</h1>
<div class="action-bar toolbar"><a href="/login">Post Reply</a> <a href="#s">Search this topic</a> 3 posts • Page <b>1</b> of <b>1</b></div>
<div id="page-body" class="topic">
${page.content
  .split(/<hr\s*\/?>/u)
  .map((post, at) => asPost(post, at, longDate(page.published, 'en')))
  .join('\n')}
</div>
<div class="pagination">Return to “${escapeHtml(page.topic)}” • <a href="/">Jump to</a></div>
<div class="online-widget widget"><h3>Who is online</h3><p>Users browsing this forum: no registered users and 4 guests</p></div>
<div class="similar-topics related"><h3>Similar topics</h3><ul>
${linksTo(others)}
</ul></div>
<footer class="copyright">Powered by boardware © Board Group • All times are UTC</footer>
</body>
</html>`;

function asPost(content: string, at: number, date: string): string {
  return `<div class="post" id="p${at + 1}">
<dl class="postprofile author"><dt>${at === 0 ? 'Topic starter' : 'Regular member'}</dt><dd>Posts: ${(at + 3) * 41}</dd></dl>
<p class="posted">» ${date}</p>
<div class="post-content">${content.trim()}</div>
<div class="signature promo">--<br>Two GPUs are better than one.</div>
</div>`;
}
