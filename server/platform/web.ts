import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { createRequire } from 'node:module'

const built = join(import.meta.dirname, '../../dist/web')

/**
 * The web app as Vite built it: hashed files for ever, the page itself never from a cache; every address that is not
 * the API's answers the page, so that a record's address can be opened directly.
 */
export async function mountWeb(
  app: FastifyInstance,
): Promise<(request: FastifyRequest, reply: FastifyReply) => FastifyReply | null> {
  if (!existsSync(join(built, 'index.html'))) return () => null
  const page = readFileSync(join(built, 'index.html'))
  await app.register(fastifyStatic, {
    root: built,
    decorateReply: false,
    wildcard: false,
    index: false,
    preCompressed: true,
    maxAge: '1y',
    immutable: true,
  })
  return (request, reply) =>
    request.method === 'GET' && !/^\/(api|built)\//.test(request.url)
      ? reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page)
      : null
}

const docsPage = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Linchpin API</title><meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/api/docs/assets/swagger-ui.css"></head><body><div id="reference"></div>
<script src="/api/docs/assets/swagger-ui-bundle.js"></script><script src="/api/docs/start.js"></script></body></html>`
const docsStart = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#reference', deepLinking: true, docExpansion: 'none', filter: true, validatorUrl: null })`

/** The OpenAPI document and a page to browse it. The document is made when it is first asked for: few installations ever do. */
export async function mountApiDocs(app: FastifyInstance, document: () => object): Promise<void> {
  let text: string | undefined
  app.get('/api/openapi.json', (_request, reply) =>
    reply.type('application/json').send((text ??= JSON.stringify(document()))),
  )
  app.get('/api/docs', (_request, reply) => reply.type('text/html; charset=utf-8').send(docsPage))
  app.get('/api/docs/start.js', (_request, reply) => reply.type('text/javascript').send(docsStart))
  const assets = join(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'), '..')
  await app.register(fastifyStatic, {
    root: assets,
    prefix: '/api/docs/assets/',
    decorateReply: false,
    index: false,
    allowedPath: (path) => /\.(css|js)$/.test(path),
  })
}
