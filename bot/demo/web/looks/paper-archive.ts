import { addressOf, escapeHtml, linksTo, longDate } from '../markup.ts';
import type { SiteLook } from '../site.ts';

/** An archive of papers: citation_* metadata, an abstract, a table of subjects, export links. */
export const paperArchiveLook: SiteLook = ({ site, page, origin, others }) => `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escapeHtml(page.title)}</title>
<meta name="citation_title" content="${escapeHtml(page.title)}">
<meta name="citation_date" content="${page.published.replaceAll('-', '/')}">
<meta name="citation_online_date" content="${page.published.replaceAll('-', '/')}">
<meta property="og:site_name" content="${escapeHtml(site.name)}">
<meta property="og:title" content="${escapeHtml(page.title)}">
<meta property="og:description" content="${escapeHtml(page.description)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="canonical" href="${addressOf({ origin, page })}">
<style>
body{margin:0;font:15px/1.55 "Lucida Grande",Helvetica,sans-serif}#header{background:#7a1f2b;padding:.7rem 1.2rem}#header a{color:#fff;margin-right:1rem}
#abs-outer{display:flex;gap:2rem;padding:1rem 1.4rem}.leftcolumn{max-width:46rem}.dateline{color:#666;font-size:.85em}
.abstract{margin:1rem 0;font-size:1.05em}.metatable td{padding:.2rem .8rem .2rem 0;font-size:.9em}.extra-services{font-size:.85em;width:14rem}
@media(max-width:800px){#abs-outer{display:block}}
</style>
</head>
<body>
<div id="header"><div class="mobile-header nav"><a href="/">${escapeHtml(site.name)}</a> <a href="/">Browse</a> <a href="/search">Search</a> <a href="/">Help</a> <a href="/">Login</a></div></div>
<div class="support-notice notice">We gratefully acknowledge support from our member institutions. <a href="/">Donate</a></div>
<div id="abs-outer">
<main class="leftcolumn" id="abs">
<div class="subheader breadcrumbs">Computer Science &gt; ${escapeHtml(page.topic)}</div>
<div class="dateline">[Submitted on ${longDate(page.published, 'en')}]</div>
<h1 class="title">${escapeHtml(page.title)}</h1>
<div class="authors"><a href="/">Project team</a></div>
<div class="abstract">
${page.content}
</div>
<div class="metatable metadata"><table summary="Additional metadata"><tr><td>Subjects:</td><td>${escapeHtml(page.topic)}</td></tr><tr><td>Cite as:</td><td>${escapeHtml(page.path.slice(1))}</td></tr></table></div>
</main>
<aside class="extra-services"><h2>Access Paper:</h2><ul><li><a href="#pdf">View PDF</a></li><li><a href="#tex">TeX Source</a></li><li><a href="#other">Other Formats</a></li></ul>
<h3>Recent papers</h3><ul>
${linksTo(others.slice(0, 4))}
</ul><h3>Bookmark</h3><a href="#b">Export BibTeX Citation</a></aside>
</div>
<div class="labstabs toolbar"><p>Which authors of this paper are endorsers? | Disable formula rendering (What is this?)</p></div>
<footer><ul><li><a href="/">About</a></li><li><a href="/">Contact</a></li><li><a href="/">Subscribe to mailings</a></li><li><a href="/">Copyright</a></li></ul></footer>
</body>
</html>`;
