import { addressOf, escapeHtml, hrefOf } from '../markup.ts';
import type { SiteLook } from '../site.ts';

/** A hub of models: tags, tabs, figures of downloads, a card written in Markdown. */
export const modelHubLook: SiteLook = ({ site, page, origin, others }) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<title>${escapeHtml(page.title)} · ${escapeHtml(site.name)}</title>
<meta name="description" content="${escapeHtml(page.description)}">
<meta property="og:title" content="${escapeHtml(page.title)} · ${escapeHtml(site.name)}">
<meta property="og:site_name" content="${escapeHtml(site.name)}">
<meta property="article:published_time" content="${page.published}">
<link rel="canonical" href="${addressOf({ origin, page })}">
<style>
body{margin:0;font:15px/1.6 system-ui,sans-serif;color:#1f2937}.navbar{display:flex;gap:1rem;padding:.8rem 1.4rem;border-bottom:1px solid #e5e7eb}
.model-header{padding:0 1.4rem}.tag-list a{display:inline-block;border:1px solid #d1d5db;border-radius:8px;padding:0 .5rem;margin:.1rem;font-size:.8em}
.columns{display:grid;grid-template-columns:minmax(0,1fr) 18rem;gap:2rem;padding:1rem 1.4rem}.tabs a{margin-right:1rem}
table{border-collapse:collapse;margin:1rem 0}td,th{border:1px solid #e5e7eb;padding:.3rem .7rem;text-align:left}pre{background:#f3f4f6;padding:.8rem;overflow:auto}
@media(max-width:800px){.columns{display:block}}
</style>
</head>
<body>
<div class="navbar"><a href="/"><b>${escapeHtml(site.name)}</b></a><input placeholder="Search models, datasets, users..."><a href="/">Models</a><a href="/">Datasets</a><a href="/">Spaces</a><a href="/">Pricing</a><a href="/">Log In</a></div>
<header class="model-header"><h1>${escapeHtml(page.title)}</h1> <button>like</button>
<div class="tag-list"><a href="/">${escapeHtml(page.topic)}</a> <a href="/">Transformers</a> <a href="/">Safetensors</a> <a href="/">Inference Endpoints</a></div>
<div class="tabs nav"><a href="#card">Model card</a><a href="#files">Files and versions</a><a href="#community">Community</a> <button>Train</button> <button>Deploy</button> <button>Use this model</button></div></header>
<main class="columns">
<section class="model-card-content prose markdown" id="card">
${page.content}
</section>
<section class="sidebar widget"><dl><dt>Downloads last month</dt><dd>${1000 + page.content.length}</dd></dl><div>Inference Providers</div><p>This model isn't deployed by any provider at the moment. Ask for provider support.</p>
<div>Collections and related models</div><ul>
${others.map((other) => `<li><a href="${hrefOf(other)}">${escapeHtml(other.title)}</a> Updated recently</li>`).join('\n')}
</ul></section>
</main>
<footer class="footer"><div>System theme</div><a href="/">TOS</a> <a href="/">Privacy</a> <a href="/">Jobs</a> <a href="/">Docs</a></footer>
</body>
</html>`;
