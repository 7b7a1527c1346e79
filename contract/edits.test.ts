import { expect, test } from 'vitest'
import type { z } from 'zod'
import { contractActions } from '../test/support/contract-actions.ts'

const actions = [...(await contractActions()).values()].filter(({ method }) => method === 'PATCH')

/** Something that a required field takes. */
const samples = ['0190aaaa-bbbb-7ccc-8ddd-eeeeffff0000', 1, 'x', true, [], {}, '2026-01-01', 'a@example.com']
const smallest = (input: z.ZodObject): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(input.shape as Record<string, z.ZodType>).flatMap(([name, type]) =>
      type.safeParse(undefined).success ? [] : [[name, samples.find((one) => type.safeParse(one).success)]],
    ),
  )

test.each(actions.map((action) => [action.name, action] as const))(
  '%s sets nothing that it does not name',
  (_, { input }) => {
    const given = smallest(input)
    const parsed = input.safeParse(given)
    expect(parsed.error?.issues ?? []).toEqual([])
    expect(Object.keys(parsed.data!).filter((field) => !(field in given))).toEqual([])
  },
)
