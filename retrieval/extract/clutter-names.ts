/**
 * Words of a class or id that name a box beside the text, as the web commonly calls them. To be
 * tried on `nameWords`.
 */
export const clutterNames = new RegExp(
  `(?:^| )(?:${[
    'ads?|adverts?|advertisements?|adsense|sponsor(?:ed)?|promo(?:tion|s|ted)?|taboola|outbrain',
    'nav|navbar|navigation|menu|breadcrumbs?|crumbs?|pager|pagination|paging|toolbar|topbar|masthead',
    'footer|foot|sidebar|side|rail|aside|widgets?',
    'shar(?:e|es|ing|ebar|ers?)|social|sharedaddy|addthis|addtoany|follow',
    'related|recommend(?:ed|ations?)?|recirc(?:ulation)?|trending|popular|most read|read (?:more|next|also)|more (?:stories|news|from|on)|also read|see also|you may|suggest(?:ed|ions)?|latest news|next (?:article|post)|prev(?:ious)? (?:article|post)|teasers?',
    'comments?|disqus|respond|reply|replies|discussion',
    'newsletters?|subscribe|subscription|signup|sign up|login|register|paywall|mailing',
    'cookies?|consent|gdpr|privacy|banner|popup|modal|overlay|lightbox|tooltip',
    'byline|bylines|author|authors|credits?|caption|captions|copyright|timestamp|dateline|datetime|publish(?:ed)? date|meta|metadata|posted',
    'tags?|tag list|tagcloud|categories|topics|keywords|hashtags',
    'print|printonly|no ?print|site ?sub|screen reader text|sr only|visually hidden|visuallyhidden|skip link|hidden',
    'gallery|slideshow|carousel|slider|video player|videoplayer|player|poll|quiz|rating|ratings|vote|votes',
  ].join('|')})(?= |$)`,
  'u',
);

/** Those of what readers wrote under the text. */
export const discussionNames = /(?:^| )(?:comments?|disqus|replies)(?= |$)/u;
