import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Action, Answer, Input, Output, Sent } from '../../contract/action.ts'
import { may } from '../../contract/permissions.ts'
import type { Actor, Ctx } from './ctx.ts'
import { forbidden, Problem } from './errors.ts'
import { once } from './idempotency.ts'
import { type Platform, runCommand, runQuery } from './platform.ts'

/** One line of a capability's `routes.ts`: an action and the function that carries it out. */
export interface Route {
  action: Action
  handle: (ctx: Ctx, input: never) => Promise<unknown>
}

export const serve = <A extends Action>(
  action: A,
  handle: (ctx: Ctx, input: Input<A>) => Promise<Output<A>>,
): Route => ({ action, handle })

/** Says who asks; null for nobody. */
export type Identify = (request: FastifyRequest) => Promise<Actor | null>

/** Stands in for the actor of public actions. */
const nobody: Actor = {
  kind: 'system',
  id: '00000000-0000-7000-8000-000000000001',
  name: 'Visitor',
  role: 'requester',
  organisation: '00000000-0000-7000-8000-000000000000',
  person: null,
  account: null,
  session: null,
  teams: [],
  confidentialTeams: [],
  zone: 'UTC',
}

/**
 * Puts an action on the wire: permission, parsing, idempotency, transaction, audit and the check of the answer happen
 * here, so that no action can forget one.
 */
export function mount(app: FastifyInstance, platform: Platform, identify: Identify, { action, handle }: Route): void {
  const run = handle as (ctx: Ctx, input: unknown) => Promise<unknown>
  const inQuery = action.method === 'GET' || action.method === 'DELETE'
  app.route({
    method: action.method,
    url: `/api/v1${action.path.replace(/\{(\w+)\}/g, ':$1')}`,
    handler: async (request: FastifyRequest, reply: FastifyReply) => {
      const who = await permitted(request, identify, action.permission)
      const input = parse(action, inQuery ? request.query : request.body, request.params)
      const key = request.headers['idempotency-key']
      const answer =
        action.kind === 'query'
          ? await runQuery(platform, who, (ctx) => run(ctx, input), request.id)
          : await runCommand(
              platform,
              who,
              (ctx) =>
                once(
                  ctx,
                  action.stateless === true || typeof key !== 'string' ? undefined : key,
                  { action: action.name, input },
                  action.answersSecret === true,
                  () => run(ctx, input),
                ),
              { requestId: request.id, stateless: action.stateless === true, name: action.name },
            )
      reply.header('cache-control', 'no-store')
      return action.output.parse(answer)
    },
  })
}

/**
 * Carries out an action inside the process, for the command line: parsed and checked like a request, but neither
 * permission nor idempotency are asked about.
 */
export async function perform<A extends Action>(
  platform: Platform,
  route: Route,
  actor: Actor,
  input: Sent<A>,
): Promise<Answer<A>> {
  const run = route.handle as (ctx: Ctx, input: unknown) => Promise<unknown>
  const { action } = route
  const parsed = parse(action, input, {})
  const answer =
    action.kind === 'query'
      ? await runQuery(platform, actor, (ctx) => run(ctx, parsed))
      : await runCommand(platform, actor, (ctx) => run(ctx, parsed), {
          stateless: action.stateless === true,
          name: action.name,
        })
  return action.output.parse(answer) as Answer<A>
}

/** Who asks, if they may: 401 for nobody, 403 for whoever lacks the permission. Visitors stand behind what is public. */
export async function permitted(
  request: FastifyRequest,
  identify: Identify,
  permission: Action['permission'],
): Promise<Actor> {
  const actor = await identify(request)
  if (permission === 'public') return actor ?? nobody
  if (actor === null) throw new Problem(401, 'not-signed-in')
  if (permission !== 'signed-in' && !may(actor.role, permission)) throw forbidden(permission)
  return actor
}

/** What was asked of an action. 400 names every field that does not fit. */
export function parse<A extends Action>(action: A, given: unknown, params: unknown): Input<A> {
  if (given !== undefined && given !== null && (typeof given !== 'object' || Array.isArray(given)))
    throw new Problem(400, 'body-not-object')
  const result = action.input.safeParse({ ...(given as object | undefined), ...(params as object) })
  if (result.success) return result.data as Input<A>
  const fields = result.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
  throw new Problem(
    400,
    'invalid',
    { fields: fields.map((f) => (f.path === '' ? f.message : `${f.path}: ${f.message}`)).join('; ') },
    { fields },
  )
}
