import { z } from 'zod'
import { type Action, problem } from '../../contract/action.ts'

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): object => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' })
  return rest
}

/** The OpenAPI 3.1 document, made from the contract and nothing else. */
export function openApi(actions: readonly Action[], version: string): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const action of actions) {
    const input = schemaOf(action.input, 'input') as { properties?: Record<string, object>; required?: string[] }
    const inPath = [...action.path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]!)
    const rest = Object.entries(input.properties ?? {}).filter(([name]) => !inPath.includes(name))
    const required = (input.required ?? []).filter((name) => !inPath.includes(name))
    const inQuery = action.method === 'GET' || action.method === 'DELETE'
    const parameters: object[] = inPath.map((name) => ({
      name,
      in: 'path',
      required: true,
      schema: input.properties?.[name] ?? { type: 'string' },
    }))
    if (inQuery)
      for (const [name, schema] of rest)
        parameters.push({ name, in: 'query', required: required.includes(name), schema })
    if (action.kind === 'command' && action.stateless !== true)
      parameters.push({
        name: 'Idempotency-Key',
        in: 'header',
        required: false,
        schema: { type: 'string', maxLength: 200 },
        description: 'A repeat with the same key gives the first answer',
      })
    const failed = {
      description: 'What is wrong, in `error`',
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } },
    }
    ;(paths[`/api/v1${action.path}`] ??= {})[action.method.toLowerCase()] = {
      operationId: action.name,
      tags: [action.name.split('.')[0]],
      summary: action.summary,
      description:
        action.permission === 'public'
          ? 'Needs no sign-in.'
          : action.permission === 'signed-in'
            ? 'Needs a sign-in or a key.'
            : `Needs the permission \`${action.permission}\`.`,
      security: action.permission === 'public' ? [] : [{ key: [] }, { session: [] }],
      parameters,
      ...(inQuery
        ? {}
        : {
            requestBody: {
              required: required.length > 0,
              content: {
                'application/json': { schema: { type: 'object', properties: Object.fromEntries(rest), required } },
              },
            },
          }),
      responses: {
        200: {
          description: 'The answer',
          content: { 'application/json': { schema: schemaOf(action.output, 'output') } },
        },
        '4XX': failed,
      },
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Linchpin',
      version,
      description: 'Everything the web app does, any program may do with an API key.',
      license: { name: 'AGPL-3.0-only', identifier: 'AGPL-3.0-only' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(actions.map((a) => a.name.split('.')[0]))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'linchpin.session_token' },
      },
      schemas: { Problem: schemaOf(problem, 'output') },
    },
  }
}
