import { addressOf, escapeHtml, hrefOf, jsonLd, longDate } from '../markup.ts';
import type { SiteLook } from '../site.ts';

/** A magazine for everybody: a newsletter box, an advertisement and stories beside the text. */
export const magazineLook: SiteLook = ({ site, page, origin, others }) => `<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>${escapeHtml(page.title)} - ${escapeHtml(site.name)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="${escapeHtml(page.description)}">
<meta property="og:type" content="article">
<meta property="og:site_name" content="${escapeHtml(site.name)}">
<meta property="og:title" content="${escapeHtml(page.title)}">
<meta name="twitter:card" content="summary_large_image">
<link rel="canonical" href="${addressOf({ origin, page })}">
<link rel="alternate" type="application/rss+xml" href="/feed">
${jsonLd({
  '@type': 'Article',
  headline: page.title,
  datePublished: `${page.published}T07:30:00Z`,
  author: { '@type': 'Organization', name: 'Editors' },
  publisher: { '@type': 'Organization', name: site.name },
  mainEntityOfPage: addressOf({ origin, page }),
})}
<style>
body{margin:0;font:19px/1.6 "Iowan Old Style",Georgia,serif;color:#222}.site-header{text-align:center;border-bottom:3px double #222;padding:1rem}
.site-header nav a{margin:0 .7rem;font:14px sans-serif}article{max-width:40rem;margin:1rem auto;padding:0 1rem}
.ad-slot{background:#f4f4f4;text-align:center;padding:1rem;font:13px sans-serif;color:#777}.newsletter-signup{background:#fdf3e1;padding:1rem}
.cookie-banner{background:#222;color:#eee;font:13px sans-serif;padding:.2rem 1rem .8rem}figure{margin:1rem 0}.hero-art{height:7rem;background:linear-gradient(160deg,#7fb2d9,#f6dcae)}figcaption{font-size:.7em;color:#777}
</style>
<script>!function(){window.ads=window.ads||[];window.ads.push({slot:"top"})}();</script>
</head>
<body>
<div class="cookie-banner" role="alertdialog" aria-label="Cookies"><p>We and our 214 partners store cookies on your device to show you better advertisements. You can change your mind at any time.</p><button>Accept all</button><button>Reject</button></div>
<header class="site-header"><a href="/"><strong>${escapeHtml(site.name)}</strong></a><nav><a href="/">Science</a><a href="/">History</a><a href="/">Kitchen</a><a href="/">Places</a><a href="/">Subscribe</a></nav></header>
<div class="ad-slot">Advertisement</div>
<main>
<article class="post hentry">
<p class="kicker"><a href="/">${escapeHtml(page.topic)}</a></p>
<h1 class="entry-title">${escapeHtml(page.title)}</h1>
<p class="standfirst byline">By the Editors <time datetime="${page.published}">${longDate(page.published, 'en')}</time></p>
<div class="share-bar"><a href="#f">Share</a> <a href="#t">Post</a> <a href="#m">Email</a> <a href="#p">Print</a></div>
<figure><div class="hero-art"></div><figcaption>Illustration: the magazine's picture desk</figcaption></figure>
<div class="entry-content">
${withAdvertisement(page.content)}
</div>
</article>
<aside class="newsletter-signup"><h3>Enjoying this story?</h3><p>Sign up for our Sunday letter and get three curious facts in your inbox, free of charge.</p><form><input type="email" placeholder="Your email"><button>Sign up</button></form></aside>
<section class="related-posts"><h2>You may also like</h2><ul>
${others
  .slice(0, 4)
  .map(
    (other) =>
      `<li><a href="${hrefOf(other)}"><h3>${escapeHtml(other.title)}</h3></a><p>${escapeHtml(other.description)}</p></li>`,
  )
  .join('\n')}
</ul></section>
<section id="comments" class="comments-area"><h2>2 thoughts on this story</h2><ol><li class="comment"><p>My grandmother told me the same thing, and she never read a magazine in her life.</p><a href="#r">Reply</a></li><li class="comment"><p>Could you please write about thunderstorms next time?</p><a href="#r">Reply</a></li></ol></section>
</main>
<footer class="site-footer"><p>© 2026 ${escapeHtml(site.name)}. All rights reserved.</p><a href="/">Privacy</a> <a href="/">Terms</a> <a href="/">Advertise with us</a></footer>
</body>
</html>`;

function withAdvertisement(content: string): string {
  const box =
    '<div class="ad-slot ad-inline"><p>Advertisement</p><a href="/ads/mattress">The mattress that thinks ahead. Try it for 90 nights.</a></div>';
  const paragraphs = content.split('</p>');
  if (paragraphs.length < 4) return content;
  return [...paragraphs.slice(0, 2), `\n${box}${paragraphs[2] ?? ''}`, ...paragraphs.slice(3)].join(
    '</p>',
  );
}
