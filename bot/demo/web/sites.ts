import { blogLook } from './looks/blog.ts';
import { companyLook } from './looks/company.ts';
import { digestLook } from './looks/digest.ts';
import { documentationLook } from './looks/documentation.ts';
import { encyclopediaLook } from './looks/encyclopedia.ts';
import { forumLook } from './looks/forum.ts';
import { magazineLook } from './looks/magazine.ts';
import { modelHubLook } from './looks/model-hub.ts';
import { newsLook } from './looks/news.ts';
import { paperArchiveLook } from './looks/paper-archive.ts';
import { popularScienceLook } from './looks/popular-science.ts';
import type { Site } from './site.ts';

/** Every site of the bundled web. */
export const sites: readonly Site[] = [
  {
    host: 'entsiklopediya.localhost',
    name: 'Открытая энциклопедия',
    language: 'ru',
    charset: 'utf-8',
    disallow: ['/w/', '/служебная:'],
    look: encyclopediaLook,
  },
  {
    host: 'nauka-prosto.localhost',
    name: 'Наука просто',
    language: 'ru',
    charset: 'utf-8',
    disallow: [],
    look: popularScienceLook,
  },
  {
    host: 'novosti-ii.localhost',
    name: 'Новости ИИ',
    language: 'ru',
    charset: 'windows-1251',
    disallow: ['/print/'],
    look: newsLook,
  },
  {
    host: 'razrabotka.localhost',
    name: 'Разработка',
    language: 'ru',
    charset: 'utf-8',
    disallow: [],
    look: blogLook,
  },
  {
    host: 'rodnik-soft.localhost',
    name: 'Родник',
    language: 'ru',
    charset: 'utf-8',
    disallow: [],
    look: companyLook,
  },
  {
    host: 'papers.localhost',
    name: 'Open Papers',
    language: 'en',
    charset: 'utf-8',
    disallow: ['/search'],
    look: paperArchiveLook,
  },
  {
    host: 'modelhub.localhost',
    name: 'Model Hub',
    language: 'en',
    charset: 'utf-8',
    disallow: [],
    look: modelHubLook,
  },
  {
    host: 'vectordocs.localhost',
    name: 'Vector Docs',
    language: 'en',
    charset: 'utf-8',
    disallow: [],
    look: documentationLook,
  },
  {
    host: 'everyday-reader.localhost',
    name: 'The Everyday Reader',
    language: 'en',
    charset: 'utf-8',
    disallow: [],
    look: magazineLook,
  },
  {
    host: 'llm-forum.localhost',
    name: 'LLM Forum',
    language: 'en',
    charset: 'utf-8',
    disallow: ['/archive/', '/members/'],
    look: forumLook,
  },
  {
    host: 'ai-digest.localhost',
    name: 'AI Digest Daily',
    language: 'en',
    charset: 'utf-8',
    disallow: [],
    look: digestLook,
  },
];
